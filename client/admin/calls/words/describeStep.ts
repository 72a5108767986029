import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { CallRecordDetail } from '../../../../shared/admin/index.ts';
import { disconnectedBySchema } from '../../../../shared/domain/index.ts';
import { type ErrorCode, errorTable } from '../../../../shared/errors/index.ts';
import { describeError } from '../../../session/index.ts';
import { describeCauses } from './describeCauses.ts';

export type CallStep = CallRecordDetail['events'][number];
export type StepTone = 'plain' | 'good' | 'warning' | 'danger';

export interface StepWords {
  readonly text: string;
  readonly tone: StepTone;
}

/** What details of events may say; everything else of them stands under “Details”. */
const detailSchema = z
  .object({
    ruleId: z.string().nullable(),
    gatewayId: z.string(),
    destination: z.string(),
    kind: z.string(),
    status: z.number(),
    reason: z.string(),
    why: z.string(),
    code: z.string(),
    q850: z.number(),
    sipStatus: z.number().nullable(),
    problem: z.string(),
    userName: z.string(),
    number: z.string(),
    to: z.string(),
    mediaWay: z.string(),
    count: z.number(),
  })
  .partial();

const tones: Readonly<Record<string, StepTone>> = {
  established: 'good',
  answeredBy: 'good',
  refused: 'danger',
  gatewayFailed: 'danger',
  destinationFailed: 'warning',
  gatewaySkipped: 'warning',
  clientLost: 'warning',
  browserAudioLost: 'warning',
  mediaWorkerLost: 'warning',
  audioStopped: 'warning',
  qualityWarned: 'warning',
  limitWarned: 'warning',
  limitReached: 'warning',
  transferFailed: 'warning',
  forwardRefused: 'warning',
  offerRefused: 'danger',
  answerFailed: 'danger',
  loopFound: 'danger',
};

/** As the event of the end has it. */
const endSchema = z.object({
  outcome: z.string(),
  by: disconnectedBySchema,
  sipStatus: z.number().nullable().default(null),
  q850: z.number().nullable().default(null),
  error: z.object({ code: z.string() }).nullable().default(null),
});

/** One event of a call as a person says it. What newer bridges tell besides is told by its name. */
export function describeStep({ type, detail }: CallStep, t: TFunction): StepWords {
  const end = type === 'disconnected' ? endSchema.safeParse(detail).data : undefined;
  if (end !== undefined) return describeEnd(end, t);
  const facts = detailSchema.safeParse(detail).data ?? {};
  const key = type === 'authorized' && facts.ruleId == null ? 'authorizedWithoutRule' : type;
  // Each sentence has placeholders of its own; which there are is only known at run time.
  const say = t as unknown as (key: string, values: Readonly<Record<string, unknown>>) => string;
  const said = (path: string, values: Readonly<Record<string, unknown>>, otherwise: string) =>
    say(`admin.calls.${path}`, { defaultValue: otherwise, ...values });
  const values = {
    ...facts,
    why: whyOf(facts, t, said),
    ...(facts.problem !== undefined && { problem: said(`problems.${facts.problem}`, {}, facts.problem) }),
    ...(facts.mediaWay !== undefined && { mediaWay: said(`ways.${facts.mediaWay}`, {}, facts.mediaWay) }),
  };
  return { text: said(`steps.${key}`, values, nameOf(type)), tone: tones[type] ?? 'plain' };
}

function describeEnd({ outcome, by, error, ...codes }: z.infer<typeof endSchema>, t: TFunction): StepWords {
  const isAnswered = outcome === 'answered';
  const causes = describeCauses({ ...codes, isAnswered, disconnectedBy: by, errorCode: error?.code ?? null }, t);
  return {
    text: `${t('admin.calls.steps.disconnected')}: ${causes.join('; ')}`,
    tone: isAnswered ? 'plain' : 'danger',
  };
}

type Say = (path: string, values: Readonly<Record<string, unknown>>, otherwise: string) => string;

/** Why a call was refused, or a gateway was not the one: a sentence of ours, else the word in the record. */
function whyOf(
  { code, kind, why, status, reason, q850 }: z.infer<typeof detailSchema>,
  t: TFunction,
  said: Say,
): string {
  if (code !== undefined) return code in errorTable ? describeError({ code: code as ErrorCode }, t) : code;
  const word = kind ?? why;
  if (word === undefined) return reason ?? '';
  const cause = q850 === undefined ? '' : `; ${said(`q850.${q850}`, {}, `Q.850 ${q850}`)}`;
  return said(`failures.${word}`, { status: status ?? '', reason: reason ?? '' }, reason ?? word) + cause;
}

/** `gatewayTried` as `Gateway tried`. */
function nameOf(type: string): string {
  const words = type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
