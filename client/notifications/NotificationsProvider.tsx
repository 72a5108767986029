import { createContext, type ReactNode, useContext } from 'react';
import { useReadable } from '../state/index.ts';
import type { NotificationPermit, PageNotifications } from './PageNotifications.ts';

const NotificationsContext = createContext<PageNotifications | null>(null);

export function NotificationsProvider({
  notifications,
  children,
}: {
  notifications: PageNotifications;
  children: ReactNode;
}) {
  return <NotificationsContext value={notifications}>{children}</NotificationsContext>;
}

export function useNotifications(): PageNotifications {
  const notifications = useContext(NotificationsContext);
  if (notifications === null) throw new Error('useNotifications needs a NotificationsProvider above it');
  return notifications;
}

export function useNotificationPermit(): NotificationPermit {
  return useReadable(useNotifications().permit);
}
