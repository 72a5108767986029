import { ShieldX } from 'lucide-react';
import { Component, lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdminRole, useGrant } from '../session/index.ts';
import { Button, EmptyState, Notice, Spinner } from '../ui/index.ts';

// Most people never open these pages, so the dialer doesn't carry them.
const AdminEntrance = lazy(async () => ({ default: (await import('./AdminEntrance.tsx')).AdminEntrance }));

/** `/admin`: the operator's pages, for those who run the service. */
export function AdminRoute() {
  const { t } = useTranslation();
  const { user } = useGrant();
  if (!isAdminRole(user.role)) {
    return (
      <div className="page">
        <EmptyState icon={<ShieldX />} title={t('adminDoor.notForYouTitle')}>
          {t('adminDoor.notForYouText')}
        </EmptyState>
      </div>
    );
  }
  return (
    <LoadGuard fallback={<LoadFailure />}>
      <Suspense
        fallback={
          <div className="page">
            <Spinner label={t('common.loading')} />
          </div>
        }
      >
        <AdminEntrance />
      </Suspense>
    </LoadGuard>
  );
}

function LoadFailure() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <Notice tone="danger" isUrgent action={<Button onPress={() => location.reload()}>{t('common.reload')}</Button>}>
        {t('adminDoor.failed')}
      </Notice>
    </div>
  );
}

/** The pages may be gone from the bridge, after an update of it, or the connection may be down. The call stays. */
class LoadGuard extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
