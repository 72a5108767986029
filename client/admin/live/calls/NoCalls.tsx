import { Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, useCaughtFocus } from '../../../ui/index.ts';

export interface NoCallsProps {
  /** There was a row a moment ago, which may have had the focus. */
  readonly isAfterCalls: boolean;
  /** There are calls, of which none is to be shown. */
  readonly isFiltered: boolean;
}

/** In place of the table. */
export function NoCalls({ isAfterCalls, isFiltered }: NoCallsProps) {
  const { t } = useTranslation();
  const text = (
    <EmptyState icon={<Phone />} title={isFiltered ? t('admin.list.noMatchTitle') : t('admin.live.emptyTitle')}>
      {isFiltered ? t('admin.live.noneMatch') : t('admin.live.emptyText')}
    </EmptyState>
  );
  return isAfterCalls ? <CaughtFocus>{text}</CaughtFocus> : text;
}

function CaughtFocus({ children }: { readonly children: ReactNode }) {
  const element = useCaughtFocus<HTMLDivElement>();
  return (
    <div ref={element} tabIndex={-1}>
      {children}
    </div>
  );
}
