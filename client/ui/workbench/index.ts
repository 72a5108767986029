/** Tables and forms. A door of its own beside ../index.ts, so that the dialer doesn't carry what only the admin pages use. */

// The dialer's settings have it, too.
export { Switch } from '../Switch.tsx';
export { Badge, type BadgeTone } from './Badge.tsx';
export { type CheckOption, ChecksField } from './ChecksField.tsx';
export { ChoiceField } from './ChoiceField.tsx';
export { ConfirmDialog } from './ConfirmDialog.tsx';
export { CopyButton } from './CopyButton.tsx';
export { CopyField } from './CopyField.tsx';
export type { DataColumn } from './data-table/DataColumn.ts';
export { DataTable } from './data-table/DataTable.tsx';
export { FieldGroup } from './FieldGroup.tsx';
export { FieldNotes } from './FieldNotes.tsx';
export type { FieldProps } from './FieldProps.ts';
export { Fold } from './Fold.tsx';
export { NextLevel, useLevel } from './Level.tsx';
export { MultiChoiceField } from './MultiChoiceField.tsx';
export { NumberField } from './NumberField.tsx';
export { OrderedField, type OrderedFieldWords } from './OrderedField.tsx';
export { ReadOnlyField } from './ReadOnlyField.tsx';
export { SidePanel } from './SidePanel.tsx';
export { TagField } from './TagField.tsx';
export { TimeChart, type TimePoint } from './TimeChart.tsx';
