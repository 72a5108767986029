import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { describeFailure } from '../../session/index.ts';
import { useNotices } from '../../ui/index.ts';
import { type EntityKind, type EntityOf, entityKinds, useAdminApi } from '../api/index.ts';
import { type Action, useAction } from '../frame/index.ts';
import { type Changes, compareItems, type ImportMode } from './compareItems.ts';
import { loadAll } from './loadAll.ts';
import type { SheetReading } from './SheetReading.ts';

export interface SheetImportOptions<Kind extends EntityKind, Item extends { readonly id: string }> {
  readonly kind: Kind;
  readonly read: (text: string, present: readonly EntityOf<Kind>[]) => SheetReading<Item>;
  /** An entity as a file has it. */
  readonly itemOf: (entity: EntityOf<Kind>) => Item;
  readonly isSame: (before: Item, after: Item) => boolean;
  /** What is sent. */
  readonly bodyOf: (mode: ImportMode, items: readonly Item[]) => object;
  readonly onImported: () => void;
}

export interface SheetImportView<Item> {
  readonly fileName: string | null;
  /** Why there is nothing to compare. */
  readonly problem: string | null;
  readonly isReading: boolean;
  readonly reading: SheetReading<Item> | null;
  readonly mode: ImportMode;
  readonly setMode: (mode: ImportMode) => void;
  /** Entries that can't be used are left out. */
  readonly isSkipping: boolean;
  readonly setIsSkipping: (is: boolean) => void;
  /** What would come of it; null until the file and what is there have been read. */
  readonly changes: Changes<Item> | null;
  readonly canImport: boolean;
  readonly choose: (file: File) => void;
  readonly save: Action;
}

const resultSchema = z.object({ added: z.number(), changed: z.number(), deleted: z.number() });
const mostMegabytes = 20;

/** A file from the disk to the bridge: read, compared, and sent as one. */
export function useSheetImport<Kind extends EntityKind, Item extends { readonly id: string }>(
  options: SheetImportOptions<Kind, Item>,
): SheetImportView<Item> {
  const { kind, isSame } = options;
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  const [file, setFile] = useState<File | null>(null);
  const [reading, setReading] = useState<SheetReading<Item> | null>(null);
  const [present, setPresent] = useState<readonly Item[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [mode, setMode] = useState<ImportMode>('merge');
  const [isSkipping, setIsSkipping] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is read once, by what reads it then.
  useEffect(() => {
    if (file === null) return;
    let isCurrent = true;
    const read = async () => {
      const [text, entities] = await Promise.all([file.text(), loadAll(api, kind)]);
      if (!isCurrent) return;
      setPresent(entities.map(options.itemOf));
      setReading(options.read(text, entities));
    };
    read().catch((error: unknown) => isCurrent && setProblem(describeFailure(error, t)));
    return () => {
      isCurrent = false;
    };
  }, [api, kind, file, t]);

  const changes = useMemo(
    () =>
      reading?.kind === 'items' && present !== null
        ? compareItems({ present, next: reading.items, mode, isSame })
        : null,
    [reading, present, mode, isSame],
  );
  const isClean = reading?.kind === 'items' && (reading.problems.length === 0 || isSkipping);
  const isChange = changes !== null && changes.added.length + changes.changed.length + changes.deleted.length > 0;
  const save = useAction(async () => {
    if (reading?.kind !== 'items') return;
    const path = `${entityKinds[kind].path}/import`;
    const body = options.bodyOf(mode, reading.items);
    const result = await api.ask({ method: 'POST', path, body }, resultSchema);
    notices.post({ tone: 'plain', text: t('admin.sheet.done', result) });
    options.onImported();
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
      setProblem(isTooLarge ? t('admin.sheet.tooLarge', { most: mostMegabytes }) : null);
      setFile(isTooLarge ? null : chosen);
    },
    save,
  };
}
