import { useTranslation } from 'react-i18next';
import { useNotificationPermit, useNotifications } from '../../notifications/index.ts';
import { usePreferences } from '../../preferences/index.ts';
import { useGrant } from '../../session/index.ts';
import { drop } from '../../state/index.ts';
import { Button, Notice, useNotices } from '../../ui/index.ts';
import './NotificationOffer.css';

/**
 * Once, after the first sign-in in this browser: says what notifications are for and asks whether they are wanted. The browser's
 * own question comes only after that; a question out of the blue is refused, for good.
 */
export function NotificationOffer() {
  const { t } = useTranslation();
  const { user } = useGrant();
  const permit = useNotificationPermit();
  const notifications = useNotifications();
  const notices = useNotices();
  const { values, change } = usePreferences();
  if (permit !== 'undecided' || values.hasAnsweredOffer || user.role === 'visitor') return null;
  const allow = async () => {
    await notifications.ask();
    change({ hasAnsweredOffer: true });
    if (notifications.permit.get() === 'granted') notices.post({ tone: 'plain', text: t('notifications.thanks') });
  };
  return (
    <div className="shell-notice">
      <Notice tone="info" title={t('notifications.offerTitle')}>
        {t('notifications.offerText')}
        <span className="notification-offer-actions">
          <Button variant="primary" onPress={() => drop(allow(), 'asking for notifications')}>
            {t('notifications.allow')}
          </Button>
          <Button variant="quiet" onPress={() => change({ hasAnsweredOffer: true })}>
            {t('notifications.notNow')}
          </Button>
        </span>
      </Notice>
    </div>
  );
}
