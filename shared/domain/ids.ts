import { z } from 'zod';

/** Ids are opaque strings; the brand keeps one kind from being passed as another. */
const idText = z.string().min(1).max(100);

export const callIdSchema = idText.brand<'CallId'>();
export type CallId = z.infer<typeof callIdSchema>;

export const gatewayIdSchema = idText.brand<'GatewayId'>();
export type GatewayId = z.infer<typeof gatewayIdSchema>;

export const userIdSchema = idText.brand<'UserId'>();
export type UserId = z.infer<typeof userIdSchema>;

/** One browser tab (a *user device*); made by the client and kept for the life of the tab. */
export const deviceIdSchema = idText.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceIdSchema>;

export const brandIdSchema = idText.brand<'BrandId'>();
export type BrandId = z.infer<typeof brandIdSchema>;

export const ruleIdSchema = idText.brand<'RuleId'>();
export type RuleId = z.infer<typeof ruleIdSchema>;

export const contactIdSchema = idText.brand<'ContactId'>();
export type ContactId = z.infer<typeof contactIdSchema>;

export const callServerIdSchema = idText.brand<'CallServerId'>();
export type CallServerId = z.infer<typeof callServerIdSchema>;

export const groupIdSchema = idText.brand<'GroupId'>();
export type GroupId = z.infer<typeof groupIdSchema>;

/** An embed key's id is the publishable key itself. */
export const embedKeyIdSchema = idText.brand<'EmbedKeyId'>();
export type EmbedKeyId = z.infer<typeof embedKeyIdSchema>;

/** The `kid` by which a host application's tokens name the key that signed them (RFC 7515 section 4.1.4). */
export const signingKeyIdSchema = idText.brand<'SigningKeyId'>();
export type SigningKeyId = z.infer<typeof signingKeyIdSchema>;

/** A route: which gateways numbers of some prefix go to, and in which order. */
export const routeIdSchema = idText.brand<'RouteId'>();
export type RouteId = z.infer<typeof routeIdSchema>;

/** A number of ours that people call: E.164 with the plus, or the bare digits of an extension. It is its own id. */
export const numberIdSchema = z
  .string()
  .regex(/^\+?\d{1,15}$/, 'expected up to 15 digits, with a + where it is E.164')
  .brand<'NumberId'>();
export type NumberId = z.infer<typeof numberIdSchema>;
