import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listContrasts } from '../../../shared/branding/index.ts';
import { Notice } from '../../ui/index.ts';
import { FieldGroup, Switch } from '../../ui/workbench/index.ts';
import type { EntityForm } from '../form/index.ts';
import { type BrandFields, colourNames, paletteOf, schemes } from './brandFields.ts';
import { ColourField } from './ColourField.tsx';
import { paintable } from './previewBrand.ts';

/** The colours that a brand sets; all others are derived from them. */
export function PaletteFields({ form }: { readonly form: EntityForm<BrandFields> }) {
  const { t } = useTranslation();
  const { fields } = form;
  const contrasts = useMemo(() => listContrasts(paintable(paletteOf(fields))), [fields]);
  const unreadable = contrasts.filter(({ isEnough }) => !isEnough).length;
  return (
    <FieldGroup title={t('admin.brands.palette.title')}>
      <Switch
        label={t('admin.brands.palette.own')}
        hint={t('admin.brands.palette.ownHint')}
        {...form.bind('hasPalette')}
      />
      {fields.hasPalette && (
        <>
          <div aria-live="polite">
            <Notice tone={unreadable === 0 ? 'info' : 'danger'}>
              {unreadable === 0
                ? t('admin.brands.palette.allReadable')
                : t('admin.brands.palette.unreadable', { count: unreadable })}
            </Notice>
          </div>
          <div className="brand-schemes">
            {schemes.map((scheme) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset can't share the rows of the other one.
              <div
                key={scheme}
                role="group"
                aria-label={t(`admin.brands.palette.schemes.${scheme}`)}
                className="brand-scheme"
              >
                <p className="brand-scheme-title">{t(`admin.brands.palette.schemes.${scheme}`)}</p>
                {colourNames.map((name) => (
                  <ColourField
                    key={name}
                    label={t(`admin.brands.palette.keys.${name}`)}
                    contrast={contrasts.find((one) => one.scheme === scheme && one.key === name) ?? null}
                    {...form.bind(`palette.${scheme}.${name}`)}
                    hint={t(`admin.brands.palette.hints.${name}`)}
                  />
                ))}
              </div>
            ))}
          </div>
        </>
      )}
    </FieldGroup>
  );
}
