export { ApiClient, type ApiRequest } from './ApiClient.ts';
export { type AdminRole, adminRoles, isAdminRole } from './adminRoles.ts';
export { createExclusiveRun } from './createExclusiveRun.ts';
export { describeError, describeFailure } from './describeFailure.ts';
export { describeRetry } from './describeRetry.ts';
export { createOtherTabs } from './OtherTabs.ts';
export { Session, type SessionState } from './Session.ts';
export { SessionProvider, useGrant, useSession, useSessionState } from './SessionProvider.tsx';
export { takeSignInToken } from './takeSignInToken.ts';
