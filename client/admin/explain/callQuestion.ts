import type { ExplainRequest } from '../../../shared/admin/index.ts';

export type CallerKind = ExplainRequest['caller']['kind'];

/** "May this caller call this number, from there, then?" as a person writes it. */
export interface CallQuestion {
  readonly kind: CallerKind;
  readonly userName: string;
  /** Of a user without a brand of their own. Null: the default brand. */
  readonly userBrandId: string | null;
  readonly embedKeyId: string | null;
  readonly hostUserName: string;
  readonly hostBrandId: string | null;
  readonly groups: readonly string[];
  readonly destination: string;
  /** Empty: this machine's. */
  readonly address: string;
  readonly origin: string;
  readonly callerNumber: string;
  readonly isNow: boolean;
  /** As `<input type="datetime-local">` has it, by the clock of the person's own time zone. */
  readonly at: string;
}

export const emptyQuestion: CallQuestion = {
  kind: 'user',
  userName: '',
  userBrandId: null,
  embedKeyId: null,
  hostUserName: '',
  hostBrandId: null,
  groups: [],
  destination: '',
  address: '',
  origin: '',
  callerNumber: '',
  isNow: true,
  at: '',
};

/** For `explainRequestSchema` to check. Only what counts for the kind of caller goes along. */
export function explainInputOf(question: CallQuestion, draft?: ExplainRequest['draft']) {
  const { destination, address, origin, callerNumber, isNow, at, userBrandId } = question;
  return {
    caller: callerInputOf(question),
    destination: destination.trim(),
    ...(question.kind === 'user' && userBrandId !== null && { brandId: userBrandId }),
    ...(address.trim() !== '' && { address: address.trim() }),
    ...(origin.trim() !== '' && { origin: origin.trim() }),
    ...(callerNumber.trim() !== '' && { callerNumber: callerNumber.trim() }),
    ...(!isNow && { atMs: new Date(at).getTime() }),
    ...(draft && { draft }),
  };
}

function callerInputOf(question: CallQuestion) {
  switch (question.kind) {
    case 'user':
      return { kind: 'user', userName: question.userName.trim() } as const;
    case 'visitor':
      return { kind: 'visitor', embedKeyId: question.embedKeyId ?? '' } as const;
    case 'hostUser':
      return {
        kind: 'hostUser',
        userName: question.hostUserName.trim(),
        brandId: question.hostBrandId ?? '',
        groups: [...question.groups],
      } as const;
  }
}

/** A moment for `<input type="datetime-local">`: by the person's own clock, to the minute. */
export function toLocalTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (amount: number) => String(amount).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A question as a link to it carries it. */
export function questionOfQuery(query: URLSearchParams): CallQuestion {
  const embedKeyId = query.get('embedKey');
  return {
    ...emptyQuestion,
    kind: embedKeyId === null ? 'user' : 'visitor',
    userName: query.get('user') ?? '',
    embedKeyId,
    destination: query.get('number') ?? '',
  };
}
