export { AccessTokens, type AccessTokensDeps, type VerifiedAccess } from './AccessTokens.ts';
export { AccountSignIn, type AccountSignInDeps } from './AccountSignIn.ts';
export { AddressBook, type AddressBookDeps, type AddressBookEvents, type BookOwner } from './AddressBook.ts';
export { addressKey } from './addressKey.ts';
export { brandFor } from './brandFor.ts';
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
  PublicOrigins,
  type PublicOriginsDeps,
  seedBrands,
  withHost,
} from './branding/index.ts';
export type { CallServerEntry } from './CallServerEntry.ts';
export { CallServerHeartbeat, type CallServerHeartbeatDeps } from './CallServerHeartbeat.ts';
export { callerNumbersOf } from './callerNumbersOf.ts';
export type { Entry } from './entry.ts';
export { GuestSignIn, type GuestSignInDeps } from './GuestSignIn.ts';
export { type HttpAddress, httpOrigin } from './httpOrigin.ts';
export { EmbedKeys, type EmbedKeysDeps } from './keys/EmbedKeys.ts';
export { FrameTickets, type FrameTicketsDeps } from './keys/FrameTickets.ts';
export { HostTokens, type HostTokensDeps } from './keys/HostTokens.ts';
export { type AccessKeyView, KeyRing, type KeyRingDeps } from './keys/KeyRing.ts';
export { type Page, PageOrigins, type PageOriginsDeps } from './keys/PageOrigins.ts';
export {
  makeSigningKeyMaterial,
  type SigningKey,
  type SigningKeyMaterial,
  type SigningKeySeed,
  signingKeySchema,
  signingKeySeedSchema,
  toMaterial,
  toSigningKeyView,
} from './keys/SigningKey.ts';
export { SigningKeys, type SigningKeysDeps } from './keys/SigningKeys.ts';
export { type TokenKey, tokenKeySchema } from './keys/TokenKey.ts';
export { LoadBalancer, type LoadBalancerDeps } from './LoadBalancer.ts';
export { PasswordHasher, type PasswordHasherDeps } from './PasswordHasher.ts';
export type { UserPage, UserQuery } from './pageUsers.ts';
export { type RefreshSession, refreshSessionSchema } from './RefreshSession.ts';
export { RefreshSessions, type RefreshSessionsDeps } from './RefreshSessions.ts';
export {
  type AccessEnd,
  type EndedFamily,
  type EndedUser,
  endedFamilySchema,
  endedUserSchema,
  Revocations,
  type RevocationsDeps,
  type UserEndReason,
} from './Revocations.ts';
export { Sessions, type SessionsDeps, type StartedSession, type Visitor } from './Sessions.ts';
export { type SignInLink, SignInLinks, type SignInLinksDeps, signInLinkSchema, signInUrl } from './SignInLinks.ts';
export { type User, type UserSeed, userSchema, userSeedSchema } from './User.ts';
export { foldUserName, type UserNameClaim, userNameClaimSchema } from './UserNameClaim.ts';
export { type FirstOperator, Users, type UsersDeps } from './Users.ts';
