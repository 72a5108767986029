import { FileSpreadsheet } from 'lucide-react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Segmented, Spinner } from '../../ui/index.ts';
import { Fold, SidePanel, Switch } from '../../ui/workbench/index.ts';
import type { RateColumn } from './csvColumns.ts';
import { ImportChanges } from './ImportChanges.tsx';
import './RateImport.css';
import type { CsvProblem, CsvReading } from './readRatesCsv.ts';
import { type RateImportView, useRateImport } from './useRateImport.ts';

/** A rate sheet is chosen, everything that it would do is shown, and then it is taken over as one. */
export function RateImport({ onClose, onImported }: { onClose: () => void; onImported: () => void }) {
  const { t } = useTranslation();
  const view = useRateImport(() => {
    onImported();
    onClose();
  });
  return (
    <SidePanel
      title={t('admin.rates.sheet.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={!view.canImport} isPending={view.save.isBusy} onPress={view.save.run}>
            {t('admin.rates.sheet.import')}
          </Button>
        </>
      }
    >
      <div className="rate-import">
        <p className="field-hint">{t('admin.rates.sheet.intro')}</p>
        <FileField view={view} />
        {view.isReading && <Spinner label={t('admin.rates.sheet.reading', { name: view.fileName ?? '' })} />}
        {(view.problem ?? view.save.failure) !== null && (
          <Notice tone="danger" isUrgent>
            {view.problem ?? view.save.failure}
          </Notice>
        )}
        {view.reading !== null && <Reading view={view} reading={view.reading} />}
      </div>
    </SidePanel>
  );
}

function FileField({ view }: { readonly view: RateImportView }) {
  const { t } = useTranslation();
  return (
    <DropZone
      className="rate-file"
      onDrop={async ({ items }) => {
        const dropped = items.find((item) => item.kind === 'file');
        if (dropped) view.choose(await dropped.getFile());
      }}
    >
      <FileSpreadsheet aria-hidden />
      {view.fileName !== null && <p className="rate-file-name">{view.fileName}</p>}
      <FileTrigger
        acceptedFileTypes={['.csv', '.txt', 'text/csv', 'text/plain', 'application/vnd.ms-excel']}
        onSelect={(files) => {
          const [file] = files ?? [];
          if (file) view.choose(file);
        }}
      >
        <Button>{t(view.fileName === null ? 'admin.rates.sheet.choose' : 'admin.rates.sheet.another')}</Button>
      </FileTrigger>
      <p className="field-hint">{t('admin.rates.sheet.drop')}</p>
    </DropZone>
  );
}

function Reading({ view, reading }: { readonly view: RateImportView; readonly reading: CsvReading }) {
  const { t, i18n } = useTranslation();
  const list = (names: readonly string[]) => new Intl.ListFormat(i18n.language).format(names);
  const columnName = (column: RateColumn) => t(`admin.rates.sheet.columns.${column}`);
  if (reading.kind === 'noHeadings') {
    const headings = reading.headings.filter((heading) => heading.trim() !== '');
    return (
      <Notice tone="danger" isUrgent>
        {t('admin.rates.sheet.noHeadings', { missing: list(reading.missing.map(columnName)) })}{' '}
        {headings.length === 0
          ? t('admin.rates.sheet.noHeadingsFound')
          : t('admin.rates.sheet.headingsFound', { headings: headings.join(', ') })}
      </Notice>
    );
  }
  if (reading.kind === 'twoColumns') {
    const values = { column: columnName(reading.column), headings: list(reading.headings) };
    return (
      <Notice tone="danger" isUrgent>
        {t('admin.rates.sheet.twoColumns', values)}
      </Notice>
    );
  }
  return (
    <>
      {reading.ignored.length > 0 && (
        <p className="field-hint">{t('admin.rates.sheet.ignored', { headings: list(reading.ignored) })}</p>
      )}
      {reading.problems.length > 0 && <BadLines view={view} problems={reading.problems} />}
      <Segmented
        label={t('admin.rates.sheet.mode')}
        options={[
          { id: 'merge', name: t('admin.rates.sheet.merge') },
          { id: 'replace', name: t('admin.rates.sheet.replace') },
        ]}
        value={view.mode}
        onChange={view.setMode}
      />
      {view.changes !== null && <ImportChanges changes={view.changes} />}
    </>
  );
}

/** Longer lists are cut: whoever has more bad lines has one mistake in all of them. */
const mostShown = 200;

function BadLines({ view, problems }: { readonly view: RateImportView; readonly problems: readonly CsvProblem[] }) {
  const { t } = useTranslation();
  return (
    <section className="bad-lines">
      <Fold title={t('admin.rates.sheet.problems', { count: problems.length })} isOpenAtFirst>
        <ul>
          {problems.slice(0, mostShown).map(({ line, column, value, firstLine }) => (
            <li key={line}>
              <span className="bad-line-place numerals">{t('admin.rates.sheet.line', { line })}</span>
              <span>{t(`admin.rates.sheet.reasons.${column}`, { value, firstLine: firstLine ?? line })}</span>
            </li>
          ))}
        </ul>
        {problems.length > mostShown && (
          <p>{t('admin.rates.sheet.moreRates', { count: problems.length - mostShown })}</p>
        )}
      </Fold>
      <Switch
        label={t('admin.rates.sheet.skip')}
        hint={t('admin.rates.sheet.skipHint')}
        value={view.isSkipping}
        onChange={view.setIsSkipping}
      />
    </section>
  );
}
