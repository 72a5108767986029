import { type NumberDraft, type NumberEntry, numberDraftSchema } from '../../../shared/admin/index.ts';
import { type HoursFieldsAt, hoursFieldsOf, hoursInputOf } from '../hours/index.ts';
import { bareNumber } from '../words/index.ts';
import { type DestinationFieldsAt, destinationFieldsOf, destinationInputOf } from './destinationFields.ts';

export type Occasion = NonNullable<NumberDraft['otherwise']>['when'][number];

/** A number of ours while it is written. */
export interface NumberFields
  extends HoursFieldsAt<'hours'>,
    DestinationFieldsAt<'destination'>,
    DestinationFieldsAt<'otherwise.destination'> {
  readonly id: string;
  readonly name: string;
  readonly brandId: string | null;
  readonly isEnabled: boolean;
  readonly ringSeconds: number | null;
  readonly hasOtherwise: boolean;
  readonly 'otherwise.when': readonly Occasion[];
  readonly 'otherwise.ringSeconds': number | null;
}

/** What the schema has for a second destination that says no more. */
const usual = numberDraftSchema.parse({
  brandId: 'any',
  destination: { kind: 'user', userName: 'anybody' },
  otherwise: { destination: { kind: 'user', userName: 'anybody' } },
});

export function numberFieldsOf(entry: NumberEntry | null, brandId: string | null): NumberFields {
  const otherwise = entry?.otherwise ?? null;
  return {
    id: entry?.id ?? '',
    name: entry?.name ?? '',
    brandId: entry?.brandId ?? brandId,
    isEnabled: entry?.isEnabled ?? true,
    ...destinationFieldsOf('destination', entry?.destination ?? null),
    ringSeconds: entry?.ringSeconds ?? usual.ringSeconds,
    hasOtherwise: otherwise !== null,
    'otherwise.when': otherwise?.when ?? usual.otherwise?.when ?? [],
    ...destinationFieldsOf('otherwise.destination', otherwise?.destination ?? null),
    'otherwise.ringSeconds': otherwise?.ringSeconds ?? usual.ringSeconds,
    ...hoursFieldsOf('hours', entry?.hours),
  };
}

/** What the fields say, for the schema to check. `isNew`: with the number itself. */
export function numberInputOf(fields: NumberFields, isNew: boolean) {
  const otherwise = {
    when: [...fields['otherwise.when']],
    destination: destinationInputOf('otherwise.destination', fields),
    ringSeconds: fields['otherwise.ringSeconds'],
  };
  return {
    ...(isNew && { id: bareNumber(fields.id) }),
    ...(fields.name.trim() !== '' && { name: fields.name }),
    brandId: fields.brandId,
    isEnabled: fields.isEnabled,
    destination: destinationInputOf('destination', fields),
    ringSeconds: fields.ringSeconds,
    otherwise: fields.hasOtherwise ? otherwise : null,
    hours: hoursInputOf('hours', fields),
  };
}
