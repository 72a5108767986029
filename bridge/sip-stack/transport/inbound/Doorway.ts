import type { InboundScreen, SipSource } from '../SipTransportLayer.ts';
import { clientTransactionKey } from '../transactions/transactionKey.ts';

interface DoorwayDeps {
  readonly screen: InboundScreen | undefined;
  readonly counts: { messagesIn: number; strangersIn: number };
  /** Whether a request of ours waits for an answer, by `clientTransactionKey`. */
  readonly isAwaited: (key: string) => boolean;
}

/** Of a stranger's message so much is looked at. */
const SCREENED_BYTES = 4096;

/** Counts what comes and lets the screen look at it before it is read: strangers cost no more than that. */
export class Doorway {
  readonly #deps: DoorwayDeps;

  constructor(deps: DoorwayDeps) {
    this.#deps = deps;
  }

  judge(bytes: Buffer, source: SipSource): 'take' | 'drop' | 'refuse' {
    const { screen, counts } = this.#deps;
    counts.messagesIn += 1;
    if (screen === undefined || screen.isKnown(source.address)) return 'take';
    const head = bytes.toString('latin1', 0, SCREENED_BYTES);
    if (/^SIP\/2\.0 /i.test(head)) return this.#isAwaited(head) ? 'take' : 'drop';
    const verdict = screen.judge(head, source);
    if (verdict !== 'take') counts.strangersIn += 1;
    return verdict;
  }

  /** Whether a response is one to a request of ours, whose branches nobody can guess. */
  #isAwaited(head: string): boolean {
    const branch = /^(?:Via|v)[ \t]*:.*?;[ \t]*branch=(z9hG4bK[0-9a-f]{32})/im.exec(head)?.[1];
    const method = /^CSeq[ \t]*:[ \t]*\d+[ \t]+([A-Z]+)/im.exec(head)?.[1];
    return branch !== undefined && method !== undefined && this.#deps.isAwaited(clientTransactionKey(branch, method));
  }
}
