import { useTranslation } from 'react-i18next';
import { type EmbedKey, embedKeyDraftSchema } from '../../../shared/admin/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useAccess } from '../access.ts';
import { type EntityForm, useEntityForm } from '../form/index.ts';
import { type LimitFields, limitFieldsOf, limitsInputOf } from '../limits/index.ts';

/** One line of the numbers that may be called. */
export interface DestinationRow {
  /** For React alone. */
  readonly key: number;
  readonly number: string;
  readonly isPrefix: boolean;
  readonly label: string;
}

export interface EmbedKeyFields extends LimitFields {
  readonly name: string;
  readonly brandId: string | null;
  readonly isEnabled: boolean;
  readonly origins: readonly string[];
  readonly destinations: readonly DestinationRow[];
  readonly visitorName: string;
  readonly callerNumber: string;
}

/** What a new key has unless the person says otherwise: the schema's own defaults. */
const { limits, sharedLimits, visitorName } = embedKeyDraftSchema.shape;

export function useEmbedKeyForm(key: EmbedKey | null, onSaved: (key: EmbedKey) => void): EntityForm<EmbedKeyFields> {
  const { t } = useTranslation();
  const { ownBrandId } = useAccess();
  const notices = useNotices();
  return useEntityForm<'embedKeys', EmbedKeyFields>({
    kind: 'embedKeys',
    entity: key,
    fieldsOf: (entity) => (entity === null ? newFields(ownBrandId) : fieldsOf(entity)),
    draftOf,
    onSaved: (saved) => {
      const text = key === null ? 'admin.form.created' : 'admin.form.saved';
      notices.post({ tone: 'plain', text: t(text, { name: saved.name }) });
      onSaved(saved);
    },
  });
}

function newFields(brandId: string | null): EmbedKeyFields {
  return {
    name: '',
    brandId,
    isEnabled: true,
    origins: [],
    destinations: [newRow([])],
    visitorName: visitorName.parse(undefined),
    callerNumber: '',
    ...limitFieldsOf(limits.parse(undefined), sharedLimits.parse(undefined)),
  };
}

function fieldsOf(key: EmbedKey): EmbedKeyFields {
  return {
    name: key.name,
    brandId: key.brandId,
    isEnabled: key.isEnabled,
    origins: key.origins,
    destinations: key.destinations.map(({ number, isPrefix, label }, index) => ({
      key: index,
      number,
      isPrefix,
      label: label ?? '',
    })),
    visitorName: key.visitorName,
    callerNumber: key.callerNumber ?? '',
    ...limitFieldsOf(key.limits, key.sharedLimits),
  };
}

function draftOf(fields: EmbedKeyFields): unknown {
  const { name, brandId, isEnabled, origins, destinations, visitorName: visitor, callerNumber } = fields;
  return {
    name,
    brandId,
    isEnabled,
    origins,
    destinations: destinations.map(({ number, isPrefix, label }) => ({
      number,
      isPrefix,
      ...(label.trim() !== '' && { label }),
    })),
    visitorName: visitor,
    callerNumber: callerNumber === '' ? null : callerNumber,
    ...limitsInputOf(fields),
  };
}

/** An empty line below the others. */
export function newRow(rows: readonly DestinationRow[]): DestinationRow {
  return { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, number: '', isPrefix: false, label: '' };
}
