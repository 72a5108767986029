import { parseCSeq, type SipResponse, tagOf } from '../../message/index.ts';

/** What to do with a provisional response (RFC 3262 section 4). */
export type Reliability =
  | { readonly kind: 'unreliable' }
  /** A repeat, or one that came out of order: the sender will send it again. */
  | { readonly kind: 'ignore' }
  /** Value of the RAck header for its PRACK. */
  | { readonly kind: 'acknowledge'; readonly rack: string };

/** Keeps the RSeq of each early dialog, so that each reliable 18x is acknowledged once and in order. */
export class ReliableProvisionals {
  readonly #last = new Map<string, number>();

  judge(response: SipResponse): Reliability {
    const isReliable = response.status > 100 && response.headers.lists('Require', '100rel');
    const sequence = Number(response.headers.get('RSeq') ?? '');
    const tag = tagOf(response.headers.get('To'));
    if (!isReliable || !Number.isInteger(sequence) || sequence < 1 || tag === undefined) return { kind: 'unreliable' };
    const last = this.#last.get(tag);
    if (last !== undefined && sequence !== last + 1) return { kind: 'ignore' };
    this.#last.set(tag, sequence);
    const cseq = parseCSeq(response.headers.get('CSeq') ?? '');
    return { kind: 'acknowledge', rack: `${sequence} ${cseq?.number ?? 0} INVITE` };
  }
}
