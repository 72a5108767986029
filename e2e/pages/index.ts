export { Dialer } from './Dialer.ts';
export { SignInPage } from './SignInPage.ts';
