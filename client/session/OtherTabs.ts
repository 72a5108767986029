/** The same page in other tabs of this browser. They share the refresh cookie, so who signs out in one is signed out in all. */
export interface OtherTabs {
  announceSignOut(userId: string): void;
  /** The listener hears of a sign-out in another tab, never of its own. */
  onSignOut(listener: (userId: string) => void): void;
  close(): void;
}

/** By the Broadcast Channel API; browsers without it have tabs that find out when their token ends. */
export function createOtherTabs(name: string): OtherTabs | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  const channel = new BroadcastChannel(name);
  return {
    announceSignOut: (userId) => channel.postMessage({ signedOut: userId }),
    onSignOut: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        const userId = typeof data === 'object' && data !== null && 'signedOut' in data ? data.signedOut : undefined;
        if (typeof userId === 'string') listener(userId);
      };
    },
    close: () => channel.close(),
  };
}
