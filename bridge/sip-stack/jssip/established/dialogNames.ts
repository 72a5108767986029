import { type DialogState, formatUri, parseNameAddr, tagOf } from '../../message/index.ts';
import type { SipDialogId, SipDialogSnapshot } from '../../port/index.ts';

/** So many requests may follow a snapshot; a number that is too high does no harm (RFC 3261 section 12.2.2). */
const SPARE_SEQUENCES = 10_000;

export function idOf({ callId, local, remote }: DialogState): SipDialogId {
  return { callId, localTag: tagOf(local) ?? '', remoteTag: tagOf(remote) ?? '' };
}

export function snapshotOf(dialog: DialogState): SipDialogSnapshot {
  return {
    ...idOf(dialog),
    localUri: uriOf(dialog.local),
    remoteUri: uriOf(dialog.remote),
    remoteTarget: dialog.remoteTarget,
    routeSet: dialog.routes,
    localCSeq: dialog.localSequence + SPARE_SEQUENCES,
  };
}

/** The dialog as it was, but for display names. */
export function dialogOf(snapshot: SipDialogSnapshot): DialogState {
  return {
    callId: snapshot.callId,
    local: `<${snapshot.localUri}>;tag=${snapshot.localTag}`,
    remote: `<${snapshot.remoteUri}>;tag=${snapshot.remoteTag}`,
    remoteTarget: snapshot.remoteTarget,
    routes: snapshot.routeSet,
    localSequence: snapshot.localCSeq,
  };
}

export function uriOf(address: string): string {
  const parsed = parseNameAddr(address);
  return parsed === null ? '' : formatUri(parsed.uri);
}
