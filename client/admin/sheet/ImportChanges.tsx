import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/workbench/index.ts';
import type { Changes } from './compareItems.ts';
import type { SheetThing } from './SheetImportPanel.tsx';

export interface ImportChangesProps<Item> {
  readonly changes: Changes<Item>;
  readonly thing: SheetThing;
  readonly tell: (item: Item, before?: Item) => ReactNode;
}

/** What an import would do, one by one. */
export function ImportChanges<Item extends { readonly id: string }>(props: ImportChangesProps<Item>) {
  const { changes, thing, tell } = props;
  const { t } = useTranslation();
  const { added, changed, deleted, unchanged } = changes;
  const isNothing = added.length + changed.length + deleted.length === 0;
  const named = (count: number) => ({ count, things: t(`admin.sheet.things.${thing}`, { count }) });
  return (
    <div className="import-changes">
      {isNothing && <p>{t('admin.sheet.nothing')}</p>}
      {added.length > 0 && (
        <ChangeList title={t('admin.sheet.added', named(added.length))} items={added} idOf={({ id }) => id}>
          {(item) => tell(item)}
        </ChangeList>
      )}
      {changed.length > 0 && (
        <ChangeList
          title={t('admin.sheet.changed', named(changed.length))}
          items={changed}
          idOf={({ after }) => after.id}
        >
          {({ before, after }) => tell(after, before)}
        </ChangeList>
      )}
      {deleted.length > 0 && (
        <ChangeList title={t('admin.sheet.deleted', named(deleted.length))} items={deleted} idOf={({ id }) => id}>
          {(item) => tell(item)}
        </ChangeList>
      )}
      {unchanged > 0 && <p className="field-hint">{t('admin.sheet.unchanged', named(unchanged))}</p>}
    </div>
  );
}

interface ChangeListProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
}

const mostShown = 100;

function ChangeList<Item>({ title, items, idOf, children }: ChangeListProps<Item>) {
  const { t } = useTranslation();
  return (
    <Fold title={title}>
      <ul className="import-list">
        {items.slice(0, mostShown).map((item) => (
          <li key={idOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {items.length > mostShown && (
        <p className="field-hint">{t('admin.sheet.more', { count: items.length - mostShown })}</p>
      )}
    </Fold>
  );
}
