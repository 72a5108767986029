import { drop, Observable, type Readable } from '../state/index.ts';

/** `undecided`: the person has not been asked. `unsupported`: this browser has none for pages. */
export type NotificationPermit = 'unsupported' | 'undecided' | 'granted' | 'refused';

export interface PageNotificationsDeps {
  /** Undefined where the browser has none. */
  readonly api: typeof Notification | undefined;
  readonly permissions: Permissions | undefined;
  /** Brings the page to the front. */
  readonly focusPage: () => void;
}

export interface PageNotification {
  readonly title: string;
  readonly body: string;
  readonly icon: string;
  /** One with the same tag takes the place of the one before. */
  readonly tag: string;
  /** The system makes no sound for it. */
  readonly isSilent: boolean;
}

const permits = { default: 'undecided', granted: 'granted', denied: 'refused' } as const;

/** The system's notifications, for who looks elsewhere (Notifications API). Asks for nothing by itself. */
export class PageNotifications {
  readonly #deps: PageNotificationsDeps;
  readonly #permit: Observable<NotificationPermit>;

  constructor(deps: PageNotificationsDeps) {
    this.#deps = deps;
    this.#permit = new Observable(this.#read());
    drop(this.#follow(), 'following the permission for notifications');
  }

  get permit(): Readable<NotificationPermit> {
    return this.#permit;
  }

  /** Lets the browser ask the person; to be called from a click. */
  async ask(): Promise<void> {
    await this.#deps.api?.requestPermission();
    this.#permit.set(this.#read());
  }

  /** Stays until it is closed; a click on it brings the page to the front. Returns the way to close it. */
  show({ title, body, icon, tag, isSilent }: PageNotification): () => void {
    const { api, focusPage } = this.#deps;
    if (api === undefined || this.#read() !== 'granted') return () => {};
    try {
      const shown = new api(title, { body, icon, tag, silent: isSilent, requireInteraction: true });
      shown.onclick = () => {
        focusPage();
        shown.close();
      };
      return () => shown.close();
    } catch {
      // Chrome on Android has them for service workers alone (a TypeError).
      this.#permit.set('unsupported');
      return () => {};
    }
  }

  #read(): NotificationPermit {
    const { api } = this.#deps;
    return api === undefined ? 'unsupported' : permits[api.permission];
  }

  /** The person may decide otherwise in the browser's own settings. */
  async #follow(): Promise<void> {
    if (this.#deps.api === undefined) return;
    const status = await this.#deps.permissions?.query({ name: 'notifications' });
    status?.addEventListener('change', () => this.#permit.set(this.#read()));
  }
}
