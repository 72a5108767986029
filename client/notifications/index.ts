export { NotificationsProvider, useNotificationPermit, useNotifications } from './NotificationsProvider.tsx';
export { type PageNotification, PageNotifications } from './PageNotifications.ts';
