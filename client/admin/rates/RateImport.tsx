import { useTranslation } from 'react-i18next';
import { type ImportMode, SheetImportPanel, useSheetImport } from '../sheet/index.ts';
import { isSameRate } from './isSameRate.ts';
import { RateTerms } from './RateTerms.tsx';
import { type NewRate, readRatesCsv } from './readRatesCsv.ts';
import { tellReading } from './tellReading.ts';

const fileTypes = ['.csv', '.txt', 'text/csv', 'text/plain', 'application/vnd.ms-excel'];

/** A rate sheet of a carrier: read as carriers write them. */
export function RateImport({ onClose, onImported }: { onClose: () => void; onImported: () => void }) {
  const { t, i18n } = useTranslation();
  const view = useSheetImport<'rates', NewRate>({
    kind: 'rates',
    read: (text) => tellReading(readRatesCsv(text), t, i18n.language),
    itemOf: (rate) => rate,
    isSame: isSameRate,
    bodyOf: (mode: ImportMode, rates) => ({ mode, rates }),
    onImported: () => {
      onImported();
      onClose();
    },
  });
  return (
    <SheetImportPanel
      view={view}
      thing="rates"
      intro={t('admin.rates.sheet.intro')}
      fileTypes={fileTypes}
      tell={(rate, before) => <RateTerms rate={rate} {...(before && { before })} />}
      onClose={onClose}
    />
  );
}
