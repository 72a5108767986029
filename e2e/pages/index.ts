export { AdminPages } from './AdminPages.ts';
export { ContactsPage } from './ContactsPage.ts';
export { Dialer } from './Dialer.ts';
export { HistoryPage } from './HistoryPage.ts';
export { RulesPage } from './RulesPage.ts';
export { SignInPage } from './SignInPage.ts';
