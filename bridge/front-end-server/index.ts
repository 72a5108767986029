export {
  AccessTokens,
  type AccessTokensDeps,
  type EndedFamily,
  type Entry,
  type VerifiedAccess,
} from './AccessTokens.ts';
export { AddressBook, type AddressBookDeps, type AddressBookEvents, type BookOwner } from './AddressBook.ts';
export { addressKey } from './addressKey.ts';
export {
  type BrandAsset,
  BrandAssets,
  type BrandAssetsDeps,
  type BrandLooks,
  Brands,
  type BrandsDeps,
  type BrandsEvents,
  brandAssetSchema,
  checkBrand,
  maxAssetBytes,
  PublicOrigins,
  type PublicOriginsDeps,
  seedBrands,
  withHost,
} from './branding/index.ts';
export type { CallServerEntry } from './CallServerEntry.ts';
export { CallServerHeartbeat, type CallServerHeartbeatDeps } from './CallServerHeartbeat.ts';
export { type HttpAddress, httpOrigin } from './httpOrigin.ts';
export { LoadBalancer, type LoadBalancerDeps } from './LoadBalancer.ts';
export { PasswordHasher, type PasswordHasherDeps } from './PasswordHasher.ts';
export { type RefreshSession, refreshSessionSchema } from './RefreshSession.ts';
export { RefreshSessions, type RefreshSessionsDeps } from './RefreshSessions.ts';
export { Sessions, type SessionsDeps, type SessionsEvents, type StartedSession, type Visitor } from './Sessions.ts';
export { type SignInLink, SignInLinks, type SignInLinksDeps, signInLinkSchema, signInUrl } from './SignInLinks.ts';
export { type User, type UserSeed, userSchema, userSeedSchema } from './User.ts';
export { foldUserName, type UserNameClaim, userNameClaimSchema } from './UserNameClaim.ts';
export { type FirstOperator, Users, type UsersDeps } from './Users.ts';
