import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type SigningKeyView, signingKeyViewSchema } from '../../../shared/admin/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi } from '../api/index.ts';
import { type EntityForm, useEntityForm } from '../form/index.ts';

export interface SigningKeyFields {
  readonly name: string;
  readonly brandId: string | null;
  readonly isEnabled: boolean;
  readonly algorithm: SigningKeyView['algorithm'] | null;
  readonly issuer: string;
  readonly audience: string;
  /** In minutes, as people say it. */
  readonly maxLifetimeMs: number | null;
  readonly groups: readonly string[];
  readonly origins: readonly string[];
  /** Only of a new key. */
  readonly publicKey: string;
}

/** A new key, with the secret that nobody can get a second time; null where it has a public key. */
export interface MadeSigningKey {
  readonly key: SigningKeyView;
  readonly secret: string | null;
}

const madeSchema = z.object({ key: signingKeyViewSchema, secret: z.string().nullable() });
const msPerMinute = 60_000;

/** `made` is told of a new key, whose answer carries more than the key itself; `saved` of a changed one. */
export function useSigningKeyForm(
  key: SigningKeyView | null,
  on: { readonly made?: (made: MadeSigningKey) => void; readonly saved?: () => void },
): EntityForm<SigningKeyFields> {
  const { t } = useTranslation();
  const api = useAdminApi();
  const { ownBrandId } = useAccess();
  const notices = useNotices();
  return useEntityForm<'signingKeys', SigningKeyFields>({
    kind: 'signingKeys',
    entity: key,
    fieldsOf: (entity) => fieldsOf(entity, ownBrandId),
    draftOf: (fields) => draftOf(fields, key === null),
    create: async (draft) => {
      const made = await api.ask({ method: 'POST', path: '/signing-keys', body: draft }, madeSchema);
      on.made?.(made);
      return made.key;
    },
    onSaved: ({ name }) => {
      notices.post({ tone: 'plain', text: t(key === null ? 'admin.form.created' : 'admin.form.saved', { name }) });
      if (key !== null) on.saved?.();
    },
  });
}

function fieldsOf(key: SigningKeyView | null, ownBrandId: string | null): SigningKeyFields {
  return {
    name: key?.name ?? '',
    brandId: key?.brandId ?? ownBrandId,
    isEnabled: key?.isEnabled ?? true,
    algorithm: key?.algorithm ?? 'EdDSA',
    issuer: key?.issuer ?? '',
    audience: key?.audience ?? 'dialbridge',
    maxLifetimeMs: (key?.maxLifetimeMs ?? 60 * msPerMinute) / msPerMinute,
    groups: key?.groups ?? [],
    origins: key?.origins ?? [],
    publicKey: '',
  };
}

function draftOf({ publicKey, maxLifetimeMs, ...fields }: SigningKeyFields, isNew: boolean): unknown {
  return {
    ...fields,
    maxLifetimeMs: maxLifetimeMs === null ? null : Math.round(maxLifetimeMs * msPerMinute),
    ...(isNew && fields.algorithm !== 'HS256' && { publicKey }),
  };
}
