import type { z } from 'zod';
import {
  auditEntrySchema,
  brandDraftSchema,
  brandSettingsSchema,
  embedKeyDraftSchema,
  embedKeySchema,
  explainRequestSchema,
  explanationSchema,
  groupDraftSchema,
  groupSchema,
  rateDraftSchema,
  rateSchema,
  ruleCreateSchema,
  ruleSchema,
  ruleWriteSchema,
  signingKeyViewSchema,
  signingKeyWriteSchema,
  userViewSchema,
  userWriteSchema,
} from '../../../shared/admin/index.ts';
import { wireErrorSchema } from '../../../shared/errors/index.ts';
import {
  brandSchema,
  contactDraftSchema,
  contactSchema,
  historyDetailSchema,
  historyEntrySchema,
  sessionGrantSchema,
  signInRequestSchema,
} from '../../../shared/protocol/index.ts';

/** Names that generated clients give to what is sent. Others are named after their operation. */
export const bodyNames: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [signInRequestSchema, 'SignIn'],
  [contactDraftSchema, 'ContactDraft'],
  [userWriteSchema, 'UserWrite'],
  [groupDraftSchema, 'GroupDraft'],
  [ruleCreateSchema, 'RuleCreate'],
  [ruleWriteSchema, 'RuleWrite'],
  [explainRequestSchema, 'ExplainRequest'],
  [rateDraftSchema, 'RateDraft'],
  [brandDraftSchema, 'BrandDraft'],
  [embedKeyDraftSchema, 'EmbedKeyDraft'],
  [signingKeyWriteSchema, 'SigningKeyWrite'],
]);

/** The same for what is answered, and for what is inside of answers. */
export const answerNames: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [wireErrorSchema, 'Error'],
  [sessionGrantSchema, 'Session'],
  [brandSchema, 'BrandFace'],
  [contactSchema, 'Contact'],
  [historyEntrySchema, 'Call'],
  [historyDetailSchema, 'CallDetail'],
  [userViewSchema, 'User'],
  [groupSchema, 'Group'],
  [ruleSchema, 'Rule'],
  [explanationSchema, 'Explanation'],
  [rateSchema, 'Rate'],
  [brandSettingsSchema, 'Brand'],
  [embedKeySchema, 'EmbedKey'],
  [signingKeyViewSchema, 'SigningKey'],
  [auditEntrySchema, 'AuditEntry'],
]);
