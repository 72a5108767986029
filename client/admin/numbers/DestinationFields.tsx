import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { normalizeNumber } from '../../phone-numbers/index.ts';
import { TextField } from '../../ui/index.ts';
import { ChoiceField, NumberField } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { UserNameField } from '../explain/index.ts';
import type { BoundField, EntityForm } from '../form/index.ts';
import type { DestinationFieldsAt, DestinationKind } from './destinationFields.ts';
import type { NumberFields } from './numberFields.ts';

type Path = 'destination' | 'otherwise.destination';
type Values = DestinationFieldsAt<'destination'>;

const kinds = ['user', 'group', 'telephone'] as const;

/** Who rings. */
export function DestinationFields({ form, path }: { readonly form: EntityForm<NumberFields>; readonly path: Path }) {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const groups = useOptions('groups');
  // The fields at both paths are of the same types.
  const bind = <Key extends 'kind' | 'userName' | 'groupId' | 'ring' | 'secondsEach' | 'number'>(key: Key) =>
    form.bind(`${path}.${key}`) as unknown as BoundField<Values[`destination.${Key}`]>;
  const kind = bind('kind');
  const ring = bind('ring');
  const number = bind('number');
  return (
    <>
      <ChoiceField<DestinationKind>
        label={t('admin.numbers.kind')}
        options={kinds.map((id) => ({ id, name: t(`admin.numbers.kinds.${id}`) }))}
        {...kind}
        onChange={(id) => id !== null && kind.onChange(id)}
      />
      {kind.value === 'user' && <UserNameField label={t('admin.numbers.userName')} {...bind('userName')} />}
      {kind.value === 'group' && (
        <>
          <ChoiceField
            label={t('admin.numbers.group')}
            placeholder={t('admin.numbers.chooseGroup')}
            options={groups.options}
            {...bind('groupId')}
          />
          <ChoiceField<'all' | 'inTurn'>
            label={t('admin.numbers.ring')}
            options={(['all', 'inTurn'] as const).map((id) => ({ id, name: t(`admin.numbers.rings.${id}`) }))}
            {...ring}
            onChange={(id) => id !== null && ring.onChange(id)}
          />
          {ring.value === 'inTurn' && (
            <NumberField
              label={t('admin.numbers.secondsEach')}
              unit={t('admin.numbers.seconds')}
              {...bind('secondsEach')}
            />
          )}
        </>
      )}
      {kind.value === 'telephone' && (
        <>
          <TextField
            label={t('admin.numbers.telephone')}
            type="tel"
            autoComplete="off"
            {...number}
            onBlur={() => {
              if (number.value !== '') number.onChange(normalizeNumber(number.value, defaultCountry));
              number.onBlur();
            }}
          />
          <UserNameField
            label={t('admin.numbers.inNameOf')}
            hint={t('admin.numbers.inNameOfHint')}
            {...bind('userName')}
          />
        </>
      )}
    </>
  );
}
