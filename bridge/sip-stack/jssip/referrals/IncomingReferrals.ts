import { type ResponseOptions, sequenceOf } from '../../message/index.ts';
import type { IncomingReferral } from '../../port/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import type { DialogRequests } from '../established/DialogRequests.ts';
import { readReferTo } from './referTo.ts';
import { SIPFRAG, writeSipfrag } from './sipfrag.ts';

type Respond = (options: Omit<ResponseOptions, 'toTag'>) => void;

interface IncomingReferralsDeps {
  readonly requests: DialogRequests;
  /** Value of our Contact. */
  readonly contact: () => string;
  /** False where nobody listens. */
  readonly onReferred: (referral: IncomingReferral) => boolean;
}

/** How long we say that news may take; the last NOTIFY ends it anyway. */
const SUBSCRIPTION_SECONDS = 180;

/** REFERs of the gateway in one call (RFC 3515 section 2.4.2), and the NOTIFYs that answer them. */
export class IncomingReferrals {
  readonly #deps: IncomingReferralsDeps;
  #isClosed = false;

  constructor(deps: IncomingReferralsDeps) {
    this.#deps = deps;
  }

  /** `respond` answers the REFER. */
  take(transaction: ServerTransaction, respond: Respond): void {
    const target = readReferTo(transaction.request);
    if (target === null) {
      respond({ status: 400, reason: 'One Refer-To Is Needed' });
      return;
    }
    const referral = this.#create(transaction, respond);
    if (!this.#deps.onReferred({ ...target, ...referral })) respond({ status: 403 });
  }

  /** The dialog has ended. */
  close(): void {
    this.#isClosed = true;
  }

  #create(transaction: ServerTransaction, respond: Respond): Pick<IncomingReferral, 'accept' | 'reject' | 'notify'> {
    const { headers } = transaction.request;
    // It doesn't want to hear of it (RFC 4488).
    const isSilent = /^\s*false\b/i.test(headers.get('Refer-Sub') ?? '');
    const id = sequenceOf(transaction.request);
    let state: 'asked' | 'accepted' | 'over' = 'asked';
    let before: Promise<unknown> = Promise.resolve();
    const over = (): void => {
      state = 'over';
    };
    const notify = (status: number): void => {
      if (state !== 'accepted') return;
      if (status >= 200) over();
      // One after another: over UDP a later one might come first.
      if (!isSilent) before = before.then(() => this.#notify(id, status)).then((isHeard) => isHeard || over());
    };
    return {
      accept: () => {
        if (state !== 'asked') return;
        state = 'accepted';
        respond({
          status: 202,
          headers: [['Contact', this.#deps.contact()], ...(isSilent ? [['Refer-Sub', 'false'] as const] : [])],
        });
        notify(100);
      },
      reject: (status) => {
        if (state !== 'asked') return;
        over();
        respond({ status });
      },
      notify,
    };
  }

  /** Whether the gateway still wants to hear more. */
  async #notify(id: number, status: number): Promise<boolean> {
    if (this.#isClosed) return false;
    const isLast = status >= 200;
    const outcome = await this.#deps.requests.send({
      method: 'NOTIFY',
      headers: [
        ['Event', `refer;id=${id}`],
        ['Subscription-State', isLast ? 'terminated;reason=noresource' : `active;expires=${SUBSCRIPTION_SECONDS}`],
        ['Contact', this.#deps.contact()],
      ],
      body: { type: `${SIPFRAG};version=2.0`, text: writeSipfrag(status) },
    });
    return outcome.kind === 'response' && outcome.response.status !== 481;
  }
}
