import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../branding/index.ts';
import { useAvailability, useConnection, useSignOut } from '../calling/index.ts';
import { DoNotDisturb } from '../features/incoming/index.ts';
import { useGrant } from '../session/index.ts';
import { Avatar, classNames, IconButton } from '../ui/index.ts';

/** Whose telephone this is, and whether it can be used. */
export function LineHeader() {
  const { t } = useTranslation();
  const { user } = useGrant();
  const { state, isTrouble } = useConnection();
  const { features } = useBrand();
  const { isDoNotDisturb } = useAvailability();
  const signOut = useSignOut();
  const isOnline = state.kind === 'ready' || (!isTrouble && state.kind !== 'refused');
  const isQuiet = isOnline && isDoNotDisturb;
  return (
    <div className="line-header">
      <Avatar name={user.displayName} />
      <div className="line-header-text">
        <span className="line-header-name">{user.displayName}</span>
        <span
          className={classNames(
            'connection-dot',
            isOnline && 'connection-dot-online',
            isQuiet && 'connection-dot-quiet',
          )}
        >
          {isQuiet ? t('connection.doNotDisturb') : isOnline ? t('connection.ready') : t('connection.notReady')}
        </span>
      </div>
      {user.role !== 'visitor' && <DoNotDisturb />}
      {!features.settings && (
        <IconButton label={t('settings.signOut')} icon={<LogOut aria-hidden />} onPress={signOut} />
      )}
    </div>
  );
}
