import { useState } from 'react';
import type { CallId } from '../../shared/domain/index.ts';
import type { SceneName } from '../admin/index.ts';
import type { ClientCall } from '../calling/index.ts';
import { Dialer } from '../features/dialer/index.ts';
import { InCall } from '../features/in-call/index.ts';
import { SignInPage } from '../features/sign-in/index.ts';
import './BrandScene.css';

/** A page of the dialer for the preview of a brand: the real one, out of reach. */
export function BrandScene({ scene }: { readonly scene: SceneName }) {
  const [call] = useState(sampleCall);
  switch (scene) {
    case 'signIn':
      return <SignInPage />;
    case 'dialer':
      return (
        <div className="brand-scene brand-scene-paper">
          <Dialer isKeyboardOurs={false} />
        </div>
      );
    case 'call':
      return (
        <div className="brand-scene">
          <InCall call={call} />
        </div>
      );
  }
}

/** Somebody has been talking for a minute. */
function sampleCall(): ClientCall {
  const now = Date.now();
  return {
    callId: 'preview' as CallId,
    phase: 'established',
    direction: 'outgoing',
    number: '+12025550100',
    name: 'Anna Bergström',
    called: null,
    takesOver: null,
    isNumberWithheld: false,
    revision: 1,
    hasEarlyMedia: false,
    isMuted: false,
    isOnHold: false,
    heldSinceMs: null,
    isHoldPending: false,
    holdProblem: null,
    isHeldByOther: false,
    referral: null,
    transfer: null,
    codec: null,
    mediaWay: 'relay',
    audio: 'connected',
    microphoneLost: null,
    startedAtMs: now - 70_000,
    answeredAtMs: now - 62_000,
    endedAtMs: null,
    end: null,
    limit: null,
  };
}
