import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../session/index.ts';
import { Button, Notice, Spinner } from '../../ui/index.ts';
import { SidePanel } from '../../ui/workbench/index.ts';
import { type EntityKind, type EntityOf, useEntity } from '../api/index.ts';

export interface EntityLoaderProps<Kind extends EntityKind> {
  readonly kind: Kind;
  readonly id: string;
  /** Title until it is here. */
  readonly title: string;
  readonly onClose: () => void;
  readonly children: (entity: EntityOf<Kind>, reload: () => void) => ReactNode;
}

/** Before this a panel that says "loading" would only flicker, and come in twice. */
const patienceMs = 400;

/** Reads one entity for its panel. */
export function EntityLoader<Kind extends EntityKind>({ kind, id, title, onClose, children }: EntityLoaderProps<Kind>) {
  const { t } = useTranslation();
  const state = useEntity(kind, id);
  const isLong = useLongWait();
  if (state.kind === 'loading' && !isLong) return null;
  if (state.kind === 'ready') return children(state.entity, state.reload);
  return (
    <SidePanel title={title} closeLabel={t('common.close')} onClose={onClose}>
      {state.kind === 'loading' ? (
        <Spinner label={t('common.loading')} />
      ) : (
        <Notice tone="danger" isUrgent action={<Button onPress={state.reload}>{t('common.retry')}</Button>}>
          {describeFailure(state.error, t)}
        </Notice>
      )}
    </SidePanel>
  );
}

function useLongWait(): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isLong;
}
