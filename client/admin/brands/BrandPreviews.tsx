import { useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandSceneContext, sceneNames } from './BrandScene.ts';
import type { BrandFields } from './brandFields.ts';
import { schemes } from './brandFields.ts';
import './BrandPreviews.css';
import { PreviewFrame } from './PreviewFrame.tsx';
import { previewBrand } from './previewBrand.ts';

/** The dialer's own pages in small, light and dark beside each other, painted with what stands in the form. */
export function BrandPreviews({ fields }: { readonly fields: BrandFields }) {
  const { t } = useTranslation();
  const Scene = useContext(BrandSceneContext);
  const brand = useMemo(() => previewBrand(fields), [fields]);
  if (Scene === null) return null;
  return (
    <div className="brand-previews">
      <h3 className="brand-previews-title">{t('admin.brands.preview.title')}</h3>
      <p className="field-hint">{t('admin.brands.preview.hint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1). */}
      <section className="brand-previews-grid" tabIndex={0} aria-label={t('admin.brands.preview.title')}>
        {sceneNames.map((scene) =>
          schemes.map((scheme) => {
            const name = t(`admin.brands.preview.scenes.${scene}`);
            const schemeName = t(`admin.brands.preview.${scheme}`);
            return (
              <figure key={`${scene}${scheme}`} className="brand-preview" data-testid={`preview-${scene}-${scheme}`}>
                <div className="brand-preview-window">
                  <PreviewFrame
                    title={t('admin.brands.preview.scene', { scene: name, scheme: schemeName })}
                    brand={brand}
                    scheme={scheme}
                  >
                    <Scene scene={scene} />
                  </PreviewFrame>
                </div>
                <figcaption>{t('admin.brands.preview.scene', { scene: name, scheme: schemeName })}</figcaption>
              </figure>
            );
          }),
        )}
      </section>
    </div>
  );
}
