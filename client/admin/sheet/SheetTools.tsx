import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi } from '../api/index.ts';
import { useAction } from '../frame/index.ts';
import { EntityImport } from './EntityImport.tsx';
import type { EntitySheet } from './EntitySheet.ts';
import { loadAll } from './loadAll.ts';
import { saveFile } from './saveFile.ts';
import { writeSheetCsv, writeSheetJson } from './writeSheet.ts';

/** Kinds that are moved as files. */
export type SheetKind = 'gateways' | 'routes' | 'numbers';

export interface SheetToolsProps<Kind extends SheetKind> {
  readonly kind: Kind;
  readonly sheet: EntitySheet<Kind>;
  readonly onImported: () => void;
}

/** The buttons that take a whole list out as a file, and in. */
export function SheetTools<Kind extends SheetKind>({ kind, sheet, onImported }: SheetToolsProps<Kind>) {
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const api = useAdminApi();
  const [isImporting, setIsImporting] = useState(false);
  const name = `${kind}-${new Date().toISOString().slice(0, 10)}`;
  const asCsv = useAction(async () => {
    saveFile(`${name}.csv`, writeSheetCsv(sheet, await loadAll(api, kind)), 'text/csv;charset=utf-8');
  });
  const asJson = useAction(async () => {
    saveFile(`${name}.json`, writeSheetJson(sheet, await loadAll(api, kind)), 'application/json');
  });
  const failure = asCsv.failure ?? asJson.failure;
  return (
    <>
      {canEdit(kind) && (
        <Button icon={<Upload aria-hidden />} onPress={() => setIsImporting(true)}>
          {t('admin.sheet.import')}
        </Button>
      )}
      <MenuTrigger>
        <Button icon={<Download aria-hidden />} isPending={asCsv.isBusy || asJson.isBusy}>
          {t('admin.sheet.export')}
        </Button>
        <Popover className="admin-menu-popover" placement="bottom start">
          <Menu aria-label={t('admin.sheet.export')} onAction={(format) => (format === 'csv' ? asCsv : asJson).run()}>
            <MenuItem id="csv" className="admin-menu-item">
              {t('admin.sheet.asCsv')}
            </MenuItem>
            <MenuItem id="json" className="admin-menu-item">
              {t('admin.sheet.asJson')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {failure !== null && (
        <Notice tone="danger" isUrgent>
          {failure}
        </Notice>
      )}
      {isImporting && (
        <EntityImport kind={kind} sheet={sheet} onClose={() => setIsImporting(false)} onImported={onImported} />
      )}
    </>
  );
}
