import { StandInPeerConnection } from './StandInPeerConnection.ts';

class StandInSessionDescription {
  readonly type: string;
  readonly sdp: string;

  constructor(init: { readonly type: string; readonly sdp: string }) {
    this.type = init.type;
    this.sdp = init.sdp;
  }
}

/** What JsSIP looks up globally. Names that exist already, as in a browser-like test environment, are left alone. */
export function installBrowserGlobals(): void {
  const names: Readonly<Record<string, unknown>> = {
    RTCPeerConnection: StandInPeerConnection,
    RTCSessionDescription: StandInSessionDescription,
    window: { RTCPeerConnection: StandInPeerConnection },
  };
  for (const [name, value] of Object.entries(names)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
