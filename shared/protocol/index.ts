export {
  type Brand,
  type BrandColours,
  type BrandFeatures,
  type BrandPalette,
  brandColoursSchema,
  brandFeaturesSchema,
  brandFontSchema,
  brandPaletteSchema,
  brandSchema,
  legalLinkSchema,
} from './brand.ts';
export { type CallEnd, type CallStatus, type CallTransfer, callEndSchema, callStatusSchema } from './callStatus.ts';
export * from './eventMaps.ts';
export * from './http/index.ts';
export {
  type Availability,
  availabilitySchema,
  type IncomingCall,
  type IncomingCallEnd,
} from './incomingCall.ts';
export {
  type Ack,
  ackSchema,
  messageIdSchema,
  type NotificationDefinition,
  type RequestDefinition,
} from './message.ts';
export type { CallElsewhere, Elsewhere, OtherDevice } from './otherDevices.ts';
export {
  accessTokenSchema,
  type SignedInUser,
  signedInUserSchema,
  type UserRole,
  userRoleSchema,
} from './sessionTopic.ts';
export {
  type BrowserQuality,
  type CallMos,
  type CallQuality,
  callMosSchema,
  type QualityProblem,
  qualityProblemSchema,
} from './statsTopic.ts';
export { protocolVersion, requestTimeoutMs } from './version.ts';
