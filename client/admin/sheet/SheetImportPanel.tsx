import { FileSpreadsheet } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Segmented, Spinner } from '../../ui/index.ts';
import { Fold, SidePanel, Switch } from '../../ui/workbench/index.ts';
import { ImportChanges } from './ImportChanges.tsx';
import './SheetImportPanel.css';
import type { SheetReading } from './SheetReading.ts';
import type { SheetImportView } from './useSheetImport.ts';

/** What rows of a list of changes are about. */
export type SheetThing = 'rates' | 'gateways' | 'routes' | 'numbers';

export interface SheetImportPanelProps<Item> {
  readonly view: SheetImportView<Item>;
  readonly thing: SheetThing;
  /** What the file is to be like. */
  readonly intro: string;
  /** File name endings and media types. */
  readonly fileTypes: readonly string[];
  /** One entry; with what it was before where it changes. */
  readonly tell: (item: Item, before?: Item) => ReactNode;
  readonly onClose: () => void;
}

/** A file is chosen, everything that it would do is shown, and then it is taken over as one. */
export function SheetImportPanel<Item extends { readonly id: string }>(props: SheetImportPanelProps<Item>) {
  const { view, thing, intro, fileTypes, tell, onClose } = props;
  const { t } = useTranslation();
  const problem = view.problem ?? view.save.failure;
  return (
    <SidePanel
      title={t(`admin.sheet.titles.${thing}`)}
      closeLabel={t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={!view.canImport} isPending={view.save.isBusy} onPress={view.save.run}>
            {t('admin.sheet.import')}
          </Button>
        </>
      }
    >
      <div className="sheet-import">
        <p className="field-hint">{intro}</p>
        <FileField view={view} fileTypes={fileTypes} />
        {view.isReading && <Spinner label={t('admin.sheet.reading', { name: view.fileName ?? '' })} />}
        {problem !== null && (
          <Notice tone="danger" isUrgent>
            {problem}
          </Notice>
        )}
        {view.reading?.kind === 'unreadable' && (
          <Notice tone="danger" isUrgent>
            {view.reading.text}
          </Notice>
        )}
        {view.reading?.kind === 'items' && (
          <>
            <Reading view={view} reading={view.reading} />
            {view.changes !== null && <ImportChanges changes={view.changes} thing={thing} tell={tell} />}
          </>
        )}
      </div>
    </SidePanel>
  );
}

function FileField<Item>({ view, fileTypes }: Pick<SheetImportPanelProps<Item>, 'view' | 'fileTypes'>) {
  const { t } = useTranslation();
  return (
    <DropZone
      className="sheet-file"
      onDrop={async ({ items }) => {
        const dropped = items.find((item) => item.kind === 'file');
        if (dropped) view.choose(await dropped.getFile());
      }}
    >
      <FileSpreadsheet aria-hidden />
      {view.fileName !== null && <p className="sheet-file-name">{view.fileName}</p>}
      <FileTrigger
        acceptedFileTypes={[...fileTypes]}
        onSelect={(files) => {
          const [file] = files ?? [];
          if (file) view.choose(file);
        }}
      >
        <Button>{t(view.fileName === null ? 'admin.sheet.choose' : 'admin.sheet.another')}</Button>
      </FileTrigger>
      <p className="field-hint">{t('admin.sheet.drop')}</p>
    </DropZone>
  );
}

interface ReadingProps<Item> {
  readonly view: SheetImportView<Item>;
  readonly reading: Extract<SheetReading<Item>, { kind: 'items' }>;
}

function Reading<Item>({ view, reading }: ReadingProps<Item>) {
  const { t, i18n } = useTranslation();
  const headings = new Intl.ListFormat(i18n.language).format(reading.ignored);
  return (
    <>
      {reading.ignored.length > 0 && <p className="field-hint">{t('admin.sheet.ignored', { headings })}</p>}
      {reading.problems.length > 0 && <BadEntries view={view} problems={reading.problems} />}
      <Segmented
        label={t('admin.sheet.mode')}
        options={[
          { id: 'merge', name: t('admin.sheet.merge') },
          { id: 'replace', name: t('admin.sheet.replace') },
        ]}
        value={view.mode}
        onChange={view.setMode}
      />
    </>
  );
}

/** Longer lists are cut: whoever has more bad lines has one mistake in all of them. */
const mostShown = 200;

function BadEntries<Item>({
  view,
  problems,
}: Pick<ReadingProps<Item>, 'view'> & Pick<ReadingProps<Item>['reading'], 'problems'>) {
  const { t } = useTranslation();
  const count = new Set(problems.map(({ place }) => place)).size;
  return (
    <section className="bad-entries">
      <Fold title={t('admin.sheet.problems', { count })} isOpenAtFirst>
        <ul>
          {problems.slice(0, mostShown).map(({ place, text }) => (
            <li key={`${place} ${text}`}>
              <span className="bad-entry-place numerals">{place}</span>
              <span>{text}</span>
            </li>
          ))}
        </ul>
        {problems.length > mostShown && <p>{t('admin.sheet.more', { count: problems.length - mostShown })}</p>}
      </Fold>
      <Switch
        label={t('admin.sheet.skip')}
        hint={t('admin.sheet.skipHint')}
        value={view.isSkipping}
        onChange={view.setIsSkipping}
      />
    </section>
  );
}
