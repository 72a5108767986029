import { useTranslation } from 'react-i18next';
import { useAvailability } from '../../calling/index.ts';
import { useNotificationPermit, useNotifications } from '../../notifications/index.ts';
import { drop } from '../../state/index.ts';
import { Button, Card, Switch } from '../../ui/index.ts';

/** Whether calls reach the person, and how they learn of them. */
export function IncomingSettings() {
  const { t } = useTranslation();
  const { isDoNotDisturb, hasCallWaiting, change } = useAvailability();
  return (
    <Card title={t('settings.incoming')}>
      <Switch
        label={t('availability.doNotDisturb')}
        hint={t('settings.doNotDisturbHint')}
        value={isDoNotDisturb}
        onChange={(isOn) => change({ isDoNotDisturb: isOn })}
      />
      <Switch
        label={t('settings.callWaiting')}
        hint={t('settings.callWaitingHint')}
        value={hasCallWaiting}
        onChange={(isOn) => change({ hasCallWaiting: isOn })}
      />
      <NotificationSetting />
    </Card>
  );
}

/** Only the browser can take the permission back, so there is a button for the one way and words for the other. */
function NotificationSetting() {
  const { t } = useTranslation();
  const notifications = useNotifications();
  const permit = useNotificationPermit();
  const hints = {
    undecided: t('settings.notificationsHint'),
    granted: t('settings.notificationsOn'),
    refused: t('settings.notificationsBlocked'),
    unsupported: t('settings.notificationsUnsupported'),
  };
  return (
    <div className="settings-row">
      <div>
        <p>{t('settings.notifications')}</p>
        <p className="settings-hint">{hints[permit]}</p>
      </div>
      {permit === 'undecided' && (
        <Button onPress={() => drop(notifications.ask(), 'asking for notifications')}>
          {t('notifications.allow')}
        </Button>
      )}
    </div>
  );
}
