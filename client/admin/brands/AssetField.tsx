import { Trash2, Upload as UploadSign } from 'lucide-react';
import { useId } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/index.ts';
import type { BoundField } from '../form/index.ts';
import './AssetField.css';
import { assetUrl } from './previewBrand.ts';
import { acceptedFiles, type UploadKind, useUpload } from './useUpload.ts';

export interface AssetFieldProps extends BoundField<string | null> {
  readonly label: string;
  readonly hint?: string;
  readonly brandId: string;
  readonly kind: UploadKind;
  /** What the picture is shown on. */
  readonly ground?: 'light' | 'dark';
}

/** A picture or a font of the brand: what is there, and the way to another. It is uploaded at once and worn from the saving on. */
export function AssetField(props: AssetFieldProps) {
  const { label, hint, brandId, kind, ground = 'light', value, onChange, error, isReadOnly } = props;
  const { t } = useTranslation();
  const labelId = useId();
  const upload = useUpload(brandId, kind, onChange);
  const problem = upload.failure ?? error;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls of their own; this is one value.
    <div role="group" aria-labelledby={labelId} className="field asset-field">
      <span id={labelId} className="field-label">
        {label}
      </span>
      <div className="asset-row">
        {kind === 'picture' && value !== null ? (
          <span className={`asset-picture asset-picture-${ground}`}>
            <img src={assetUrl(value)} alt={t('admin.brands.logo.alt', { name: label })} />
          </span>
        ) : (
          <span className="asset-name">
            {value === null ? t('admin.brands.logo.none') : t('admin.brands.font.uploaded', { id: value.slice(0, 8) })}
          </span>
        )}
        {!isReadOnly && (
          <>
            <FileTrigger
              acceptedFileTypes={acceptedFiles(kind)}
              onSelect={(files) => {
                const [file] = files ?? [];
                if (file) upload.send(file);
              }}
            >
              <Button icon={<UploadSign aria-hidden />} isPending={upload.isBusy}>
                {upload.isBusy ? t('admin.brands.logo.uploading') : t(`admin.brands.logo.choose.${kind}`)}
              </Button>
            </FileTrigger>
            {value !== null && (
              <IconButton
                variant="danger"
                label={t(`admin.brands.logo.remove.${kind}`)}
                icon={<Trash2 aria-hidden />}
                onPress={() => onChange(null)}
              />
            )}
          </>
        )}
      </div>
      {problem !== undefined ? (
        <p className="field-error" role="alert">
          {problem}
        </p>
      ) : (
        hint !== undefined && <p className="field-hint">{hint}</p>
      )}
    </div>
  );
}
