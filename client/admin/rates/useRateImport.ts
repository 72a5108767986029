import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Rate } from '../../../shared/admin/index.ts';
import { describeFailure } from '../../session/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useAdminApi } from '../api/index.ts';
import { type Action, useAction } from '../frame/index.ts';
import { compareRates, type ImportMode, type RateChanges } from './compareRates.ts';
import { loadAllRates } from './loadAllRates.ts';
import { type CsvReading, readRatesCsv } from './readRatesCsv.ts';

export interface RateImportView {
  readonly fileName: string | null;
  /** Why there is nothing to compare. */
  readonly problem: string | null;
  readonly isReading: boolean;
  readonly reading: CsvReading | null;
  readonly mode: ImportMode;
  readonly setMode: (mode: ImportMode) => void;
  /** Lines that can't be used are left out. */
  readonly isSkipping: boolean;
  readonly setIsSkipping: (is: boolean) => void;
  /** What would come of it; null until the file and the rates that are there have been read. */
  readonly changes: RateChanges | null;
  readonly canImport: boolean;
  readonly choose: (file: File) => void;
  readonly save: Action;
}

const resultSchema = z.object({ added: z.number(), changed: z.number(), deleted: z.number() });
const mostMegabytes = 20;

/** A rate sheet from the file to the bridge: read, compared, and sent as one. */
export function useRateImport(onImported: () => void): RateImportView {
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  const [file, setFile] = useState<File | null>(null);
  const [reading, setReading] = useState<CsvReading | null>(null);
  const [present, setPresent] = useState<readonly Rate[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [mode, setMode] = useState<ImportMode>('merge');
  const [isSkipping, setIsSkipping] = useState(false);

  useEffect(() => {
    if (file === null) return;
    let isCurrent = true;
    const read = async () => {
      const [text, rates] = await Promise.all([file.text(), loadAllRates(api)]);
      if (!isCurrent) return;
      setPresent(rates);
      setReading(readRatesCsv(text));
    };
    read().catch((error: unknown) => isCurrent && setProblem(describeFailure(error, t)));
    return () => {
      isCurrent = false;
    };
  }, [api, file, t]);

  const changes = useMemo(
    () => (reading?.kind === 'rates' && present !== null ? compareRates(present, reading.rates, mode) : null),
    [reading, present, mode],
  );
  const isClean = reading?.kind === 'rates' && (reading.problems.length === 0 || isSkipping);
  const isChange = changes !== null && changes.added.length + changes.changed.length + changes.deleted.length > 0;
  const save = useAction(async () => {
    if (reading?.kind !== 'rates') return;
    const body = { mode, rates: reading.rates };
    const result = await api.ask({ method: 'POST', path: '/rates/import', body }, resultSchema);
    notices.post({ tone: 'plain', text: t('admin.rates.sheet.done', result) });
    onImported();
  });
  return {
    fileName: file?.name ?? null,
    problem,
    isReading: file !== null && reading === null && problem === null,
    reading,
    mode,
    setMode,
    isSkipping,
    setIsSkipping,
    changes,
    canImport: isClean && isChange,
    choose: (chosen) => {
      setReading(null);
      setIsSkipping(false);
      save.clear();
      const isTooLarge = chosen.size > mostMegabytes * 1024 * 1024;
      setProblem(isTooLarge ? t('admin.rates.sheet.tooLarge', { most: mostMegabytes }) : null);
      setFile(isTooLarge ? null : chosen);
    },
    save,
  };
}
