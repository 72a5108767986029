import type { BrandId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import { AttemptThrottle } from '../../throttle/index.ts';
import type { User } from '../accounts/User.ts';
import { foldUserName } from '../accounts/UserNameClaim.ts';
import { isOfBrand, type Users } from '../accounts/Users.ts';
import { addressKey } from './addressKey.ts';
import type { SignInLinks } from './SignInLinks.ts';

export interface AccountSignInDeps {
  readonly users: Pick<Users, 'get' | 'authenticate'>;
  readonly signInLinks: Pick<SignInLinks, 'find' | 'redeem'>;
  readonly clock: Pick<Clock, 'now'>;
}

interface Place {
  /** IP address. */
  readonly address: string;
  /** Of the host name under which they came. */
  readonly brandId: BrandId;
}

/** Lets people with an account in, and slows down guessing at it. */
export class AccountSignIn {
  readonly #deps: AccountSignInDeps;
  readonly #byAccount: AttemptThrottle;
  readonly #byAddress: AttemptThrottle;

  constructor(deps: AccountSignInDeps) {
    this.#deps = deps;
    const { clock } = deps;
    // The longest wait for an account is short, so that a stranger who fails on purpose can't keep its owner out.
    this.#byAccount = new AttemptThrottle({
      clock,
      freeAttempts: 5,
      firstDelayMs: 1000,
      maxDelayMs: 30_000,
      forgetAfterMs: 900_000,
    });
    this.#byAddress = new AttemptThrottle({
      clock,
      freeAttempts: 30,
      firstDelayMs: 1000,
      maxDelayMs: 300_000,
      forgetAfterMs: 900_000,
    });
  }

  /** @throws DialbridgeError `wrongCredentials`, `accountDisabled`, `tooManyAttempts` (with `retryAfterMs`) */
  async byPassword({ userName, password }: { userName: string; password: string }, place: Place): Promise<User> {
    const account = foldUserName(userName);
    const address = addressKey(place.address);
    demandPatience(this.#byAccount.retryAfterMs(account), this.#byAddress.retryAfterMs(address));
    this.#byAccount.begin(account);
    this.#byAddress.begin(address);
    const user = await this.#deps.users.authenticate(userName, password, place.brandId);
    if (user === undefined) throw new DialbridgeError('wrongCredentials');
    this.#byAccount.clear(account);
    this.#byAddress.refund(address);
    return user;
  }

  /** @throws DialbridgeError `signInLinkUsed`, also under another brand than the user's; `accountDisabled`, `tooManyAttempts` */
  async byLink(token: string, place: Place): Promise<User> {
    const address = addressKey(place.address);
    demandPatience(this.#byAddress.retryAfterMs(address));
    this.#byAddress.begin(address);
    // Looked at before it is used up: opened at the wrong door it is still good at the right one.
    const userId = await this.#deps.signInLinks.find(token);
    const user = userId && (await this.#deps.users.get(userId));
    if (user === undefined || !isOfBrand(user, place.brandId)) throw new DialbridgeError('signInLinkUsed');
    if (!user.isEnabled) throw new DialbridgeError('accountDisabled');
    await this.#deps.signInLinks.redeem(token);
    this.#byAddress.refund(address);
    return user;
  }
}

function demandPatience(...waitsMs: readonly number[]): void {
  const retryAfterMs = Math.max(...waitsMs);
  if (retryAfterMs > 0) throw new DialbridgeError('tooManyAttempts', { retryAfterMs });
}
