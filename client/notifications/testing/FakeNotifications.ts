interface ShownNotification extends NotificationOptions {
  readonly title: string;
  readonly isClosed: boolean;
  /** As when the person clicks on it. */
  readonly click: () => void;
}

/** The system's notifications, led by a test. */
export class FakeNotifications {
  readonly shown: ShownNotification[] = [];
  /** What the person answers when they are asked. */
  answer: NotificationPermission = 'granted';
  asked = 0;
  /** How often the page was brought to the front. */
  focused = 0;
  permission: NotificationPermission = 'default';

  focusPage(): void {
    this.focused += 1;
  }

  get api(): typeof Notification {
    const fake = this;
    class FakeNotification {
      onclick: (() => void) | null = null;
      isClosed = false;

      constructor(title: string, options: NotificationOptions) {
        const own = this;
        fake.shown.push({
          ...options,
          title,
          get isClosed() {
            return own.isClosed;
          },
          click: () => own.onclick?.(),
        });
      }

      static get permission(): NotificationPermission {
        return fake.permission;
      }

      static async requestPermission(): Promise<NotificationPermission> {
        fake.asked += 1;
        fake.permission = fake.answer;
        return fake.permission;
      }

      close(): void {
        this.isClosed = true;
      }
    }
    return FakeNotification as unknown as typeof Notification;
  }
}
