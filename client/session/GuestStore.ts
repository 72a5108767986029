import { type SignInRequest, signInRequestSchema } from '../../shared/protocol/index.ts';

/** How somebody without an account here comes in, again and again: there is no cookie for them. */
export type GuestRequest = Extract<SignInRequest, { hostToken: string } | { embedKey: string }>;

const key = 'dialbridge.guest';

export function isGuestRequest(request: SignInRequest): request is GuestRequest {
  return 'hostToken' in request || 'embedKey' in request;
}

/** Keeps a guest's request for as long as the tab lives, so that a reload in the middle of a call does not lose them. */
export class GuestStore {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

  /** `storage` is the tab's own: `sessionStorage`. */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#storage = storage;
  }

  read(): GuestRequest | null {
    const text = this.#storage.getItem(key);
    if (text === null) return null;
    try {
      const parsed = signInRequestSchema.safeParse(JSON.parse(text));
      return parsed.success && isGuestRequest(parsed.data) ? parsed.data : null;
    } catch {
      return null;
    }
  }

  write(request: GuestRequest | null): void {
    if (request === null) this.#storage.removeItem(key);
    else this.#storage.setItem(key, JSON.stringify(request));
  }
}
