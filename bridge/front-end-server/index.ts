export { AddressBook, type AddressBookDeps, type AddressBookEvents, type BookOwner } from './AddressBook.ts';
export { callerNumbersOf } from './accounts/callerNumbersOf.ts';
export { PasswordHasher, type PasswordHasherDeps } from './accounts/PasswordHasher.ts';
export type { UserPage, UserQuery } from './accounts/pageUsers.ts';
export { type User, type UserSeed, userSchema, userSeedSchema } from './accounts/User.ts';
export { foldUserName, type UserNameClaim, userNameClaimSchema } from './accounts/UserNameClaim.ts';
export { type FirstOperator, Users, type UsersDeps } from './accounts/Users.ts';
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
export type { CallServerEntry } from './call-servers/CallServerEntry.ts';
export { CallServerHeartbeat, type CallServerHeartbeatDeps } from './call-servers/CallServerHeartbeat.ts';
export { type HttpAddress, httpOrigin } from './call-servers/httpOrigin.ts';
export { LoadBalancer, type LoadBalancerDeps } from './call-servers/LoadBalancer.ts';
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
export { AccountSignIn, type AccountSignInDeps } from './sign-in/AccountSignIn.ts';
export { addressKey } from './sign-in/addressKey.ts';
export { brandFor } from './sign-in/brandFor.ts';
export { GuestSignIn, type GuestSignInDeps } from './sign-in/GuestSignIn.ts';
export { Sessions, type SessionsDeps, type StartedSession, type Visitor } from './sign-in/Sessions.ts';
export {
  type SignInLink,
  SignInLinks,
  type SignInLinksDeps,
  signInLinkSchema,
  signInUrl,
} from './sign-in/SignInLinks.ts';
export { AccessTokens, type AccessTokensDeps, type VerifiedAccess } from './tokens/AccessTokens.ts';
export type { Entry } from './tokens/entry.ts';
export { type RefreshSession, refreshSessionSchema } from './tokens/RefreshSession.ts';
export { RefreshSessions, type RefreshSessionsDeps } from './tokens/RefreshSessions.ts';
export {
  type AccessEnd,
  type EndedFamily,
  type EndedUser,
  endedFamilySchema,
  endedUserSchema,
  Revocations,
  type RevocationsDeps,
  type UserEndReason,
} from './tokens/Revocations.ts';
