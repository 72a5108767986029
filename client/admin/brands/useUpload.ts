import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { brandAssetIdSchema } from '../../../shared/admin/index.ts';
import { describeFailure } from '../../session/index.ts';
import { pathOf, useAdminApi } from '../api/index.ts';

export type UploadKind = 'picture' | 'font';

export interface Upload {
  readonly isBusy: boolean;
  /** Why the last file was not taken. */
  readonly failure: string | null;
  readonly send: (file: File) => void;
}

/** What the bridge takes, by the ending of the file's name where the browser doesn't know the type. */
const types: Readonly<Record<UploadKind, Readonly<Record<string, string>>>> = {
  picture: {
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    webp: 'image/webp',
    svg: 'image/svg+xml',
  },
  font: { woff2: 'font/woff2' },
};

const mostBytes = 524_288;
const assetSchema = z.object({ id: brandAssetIdSchema, url: z.string() });

/** Endings of files that can be chosen. */
export function acceptedFiles(kind: UploadKind): string[] {
  return Object.keys(types[kind]).map((ending) => `.${ending}`);
}

/** Content type of a file of the kind; null where it is of another. */
export function typeOf(file: Pick<File, 'name' | 'type'>, kind: UploadKind): string | null {
  const known = Object.values(types[kind]);
  if (known.includes(file.type)) return file.type;
  return types[kind][file.name.toLowerCase().split('.').at(-1) ?? ''] ?? null;
}

/** Sends a picture or a font for a brand to the bridge; `onSent` gets its id there. */
export function useUpload(brandId: string, kind: UploadKind, onSent: (assetId: string) => void): Upload {
  const { t } = useTranslation();
  const api = useAdminApi();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File) => {
    const type = typeOf(file, kind);
    const kinds = t(kind === 'font' ? 'admin.brands.logo.fonts' : 'admin.brands.logo.pictures');
    if (type === null) return setFailure(t('admin.brands.logo.wrongType', { kinds }));
    if (file.size > mostBytes) return setFailure(t('admin.brands.logo.tooLarge'));
    if (isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      const path = pathOf('brands', brandId, '/assets');
      const body = new Blob([await file.arrayBuffer()], { type });
      onSent((await api.ask({ method: 'POST', path, body }, assetSchema)).id);
    } catch (error) {
      setFailure(describeFailure(error, t));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, failure, send: (file) => void send(file) };
}
