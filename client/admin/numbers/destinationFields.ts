import type { NumberDestination } from '../../../shared/admin/index.ts';

export type DestinationKind = NumberDestination['kind'];
type Ring = Extract<NumberDestination, { kind: 'group' }>['ring'];

interface DestinationValues {
  readonly kind: DestinationKind;
  /** Who rings, or in whose name a telephone is called. */
  readonly userName: string;
  readonly groupId: string | null;
  readonly ring: Ring;
  readonly secondsEach: number | null;
  readonly number: string;
}

/** Who rings, by the paths of the settings below the setting `Path`. What is written of one kind stays while another is chosen. */
export type DestinationFieldsAt<Path extends string> = {
  readonly [Key in keyof DestinationValues as `${Path}.${Key}`]: DestinationValues[Key];
};

export function destinationFieldsOf<Path extends string>(
  path: Path,
  destination: NumberDestination | null,
): DestinationFieldsAt<Path> {
  const values: DestinationValues = {
    userName: '',
    groupId: null,
    ring: 'all',
    secondsEach: 15,
    number: '',
    ...(destination ?? { kind: 'user' }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${path}.${key}`, value]),
  ) as unknown as DestinationFieldsAt<Path>;
}

/** What the fields say, for the schema to check. */
export function destinationInputOf<Path extends string>(path: Path, fields: DestinationFieldsAt<Path>) {
  const at = <Key extends keyof DestinationValues>(key: Key) =>
    (fields as Readonly<Record<string, unknown>>)[`${path}.${key}`] as DestinationValues[Key];
  const kind = at('kind');
  switch (kind) {
    case 'user':
      return { kind, userName: at('userName').trim() };
    case 'group':
      return { kind, groupId: at('groupId'), ring: at('ring'), secondsEach: at('secondsEach') };
    case 'telephone':
      return { kind, number: at('number').trim(), userName: at('userName').trim() };
  }
}
