export { AdminPages } from './AdminPages.ts';
export { ContactsPage } from './ContactsPage.ts';
export { Dialer } from './Dialer.ts';
export { HistoryPage } from './HistoryPage.ts';
export { Moving } from './Moving.ts';
export { openAdmin, openDialer } from './openAdmin.ts';
export { RingScreen } from './RingScreen.ts';
export { RulesPage } from './RulesPage.ts';
export { SignInPage } from './SignInPage.ts';
