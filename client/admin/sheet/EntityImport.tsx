import { useTranslation } from 'react-i18next';
import type { SheetColumn } from './columns.ts';
import { describeDifference } from './describeDifference.ts';
import { type Draft, draftOf, isSameDraft } from './EntitySheet.ts';
import { readSheet } from './readSheet.ts';
import { SheetImportPanel } from './SheetImportPanel.tsx';
import type { SheetKind, SheetToolsProps } from './SheetTools.tsx';
import { useSheetImport } from './useSheetImport.ts';

const fileTypes = ['.csv', '.json', '.txt', 'text/csv', 'application/json', 'text/plain', 'application/vnd.ms-excel'];

/** Takes a file of gateways, routes or numbers in. */
export function EntityImport<Kind extends SheetKind>(props: SheetToolsProps<Kind> & { readonly onClose: () => void }) {
  const { kind, sheet, onClose, onImported } = props;
  const { t } = useTranslation();
  const view = useSheetImport<Kind, Draft>({
    kind,
    read: (text, present) => readSheet({ sheet, text, present, t }),
    itemOf: (entity) => draftOf(sheet, entity),
    isSame: isSameDraft,
    bodyOf: (mode, items) => ({ mode, items }),
    onImported: () => {
      onImported();
      onClose();
    },
  });
  return (
    <SheetImportPanel
      view={view}
      thing={kind}
      intro={t('admin.sheet.intro')}
      fileTypes={fileTypes}
      tell={(item, before) => <Line columns={sheet.columns} item={item} before={before} />}
      onClose={onClose}
    />
  );
}

interface LineProps {
  readonly columns: readonly SheetColumn[];
  readonly item: Draft;
  readonly before: Draft | undefined;
}

/** One that is added, changed or deleted; of a change, which of its settings. */
function Line({ columns, item, before }: LineProps) {
  const changed = before === undefined ? [] : describeDifference(columns, before, item);
  return (
    <>
      <span className="numerals import-id">{item.id}</span>
      <span className="import-name">{typeof item.name === 'string' ? item.name : ''}</span>
      <span className="import-terms">{changed.join(', ')}</span>
    </>
  );
}
