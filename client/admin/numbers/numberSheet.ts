import { bareOf, type EntitySheet, json, listOf, number, type SheetColumn, text, yesNo } from '../sheet/index.ts';

/** Who rings, in six columns. */
function destinationColumns(path: string, heading: (name: string) => string): readonly SheetColumn[] {
  return [
    { heading: heading('Destination'), path: `${path}.kind`, form: text },
    { heading: heading('User'), path: `${path}.userName`, form: text },
    { heading: heading('Group'), path: `${path}.groupId`, form: text },
    { heading: heading('Group rings'), path: `${path}.ring`, form: text },
    { heading: heading('Seconds each'), path: `${path}.secondsEach`, form: number },
    { heading: heading('Telephone'), path: `${path}.number`, form: text },
  ];
}

/** How numbers stand in files: a line each. */
export const numberSheet: EntitySheet<'numbers'> = {
  kind: 'numbers',
  columns: [
    { heading: 'Number', path: 'id', form: text },
    { heading: 'Name', path: 'name', form: text },
    { heading: 'Brand', path: 'brandId', form: text },
    { heading: 'Enabled', path: 'isEnabled', form: yesNo },
    ...destinationColumns('destination', (name) => name),
    { heading: 'Ring seconds', path: 'ringSeconds', form: number },
    { heading: 'Otherwise when', path: 'otherwise.when', form: listOf() },
    ...destinationColumns('otherwise.destination', (name) => `Otherwise ${name.toLowerCase()}`),
    { heading: 'Otherwise ring seconds', path: 'otherwise.ringSeconds', form: number },
    { heading: 'Hours', path: 'hours', form: json },
  ],
  draftOf: bareOf,
};
