import { useTranslation } from 'react-i18next';
import { codecNameSchema } from '../../../../shared/domain/index.ts';
import { Notice } from '../../../ui/index.ts';
import { ChoiceField, OrderedField } from '../../../ui/workbench/index.ts';
import { useOrderWords } from '../../words/index.ts';
import { isOverTls } from './isOverTls.ts';
import type { GatewayForm } from './useGatewayForm.ts';

const codecs = codecNameSchema.options.map((id) => ({ id, name: id }));

/** What is spoken, how it is protected, and whose audio is taken. */
export function AudioFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const words = useOrderWords({ add: t('admin.gateways.addCodec'), choose: t('admin.gateways.chooseCodec') });
  const { srtp, audioSource, media } = form.fields;
  return (
    <>
      <OrderedField
        label={t('admin.gateways.codecs')}
        options={codecs}
        words={words}
        emptyText={t('admin.gateways.noCodecs')}
        {...form.bind('codecs')}
      />
      <OneOf form={form} name="dtmf" options={['rfc4733', 'info']} nameOf={(id) => t(`admin.gateways.dtmfs.${id}`)} />
      <OneOf
        form={form}
        name="srtp"
        options={['off', 'offered', 'required']}
        nameOf={(id) => t(`admin.gateways.srtps.${id}`)}
      />
      {srtp !== 'off' && !isOverTls(form.fields) && <Notice tone="warning">{t('admin.gateways.srtpShown')}</Notice>}
      <OneOf
        form={form}
        name="audioSource"
        options={['negotiated', 'sameAddress', 'any']}
        nameOf={(id) => t(`admin.gateways.audioSources.${id}`)}
      />
      {audioSource === 'any' && <Notice tone="warning">{t('admin.gateways.audioSourceAny')}</Notice>}
      <OneOf form={form} name="media" options={['relay', 'direct']} nameOf={(id) => t(`admin.gateways.medias.${id}`)} />
      {media === 'direct' && <Notice tone="info">{t('admin.gateways.mediaDirect')}</Notice>}
    </>
  );
}

type AudioChoice = 'dtmf' | 'srtp' | 'audioSource' | 'media';

interface OneOfProps<Name extends AudioChoice> {
  readonly form: GatewayForm;
  readonly name: Name;
  readonly options: readonly GatewayForm['fields'][Name][];
  readonly nameOf: (id: GatewayForm['fields'][Name]) => string;
}

function OneOf<Name extends AudioChoice>({ form, name, options, nameOf }: OneOfProps<Name>) {
  const { t } = useTranslation();
  const bound = form.bind(name);
  return (
    <ChoiceField<GatewayForm['fields'][Name]>
      label={t(`admin.gateways.${name}`)}
      options={options.map((id) => ({ id, name: nameOf(id) }))}
      {...bound}
      onChange={(id) => id !== null && bound.onChange(id)}
    />
  );
}
