import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId, DeviceId } from '../../../shared/domain/index.ts';
import type { OtherDevice } from '../../../shared/protocol/index.ts';
import { type ClientCall, type ContinuationLink, useOtherDevices } from '../../calling/index.ts';
import { describeFailure } from '../../session/index.ts';

export interface LinkView {
  /** Null while there is none. */
  readonly link: ContinuationLink | null;
  readonly isMaking: boolean;
  readonly renew: () => void;
  readonly copy: () => void;
  readonly isCopied: boolean;
  /** The browser has no clipboard for this page: the link is shown to be copied by hand. */
  readonly isCopyBlocked: boolean;
}

export interface MoveCallView {
  readonly devices: readonly OtherDevice[];
  readonly push: (deviceId: DeviceId, name: string) => void;
  /** The device that was asked; null: none. */
  readonly asked: string | null;
  /** Why something didn't work, in words. */
  readonly problem: string | null;
  readonly link: LinkView;
}

export function useMoveCall({ callId }: ClientCall): MoveCallView {
  const { t } = useTranslation();
  const { elsewhere, otherDevices } = useOtherDevices();
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const fail = useCallback((error: unknown) => setProblem(describeFailure(error, t)), [t]);
  const link = useLink(callId, fail);
  const push = (deviceId: DeviceId, name: string) => {
    setProblem(null);
    otherDevices.push(callId, deviceId).then(() => setAsked(name), fail);
  };
  return { devices: elsewhere.devices, push, asked, problem, link };
}

function useLink(callId: CallId, fail: (error: unknown) => void): LinkView {
  const { otherDevices } = useOtherDevices();
  const [link, setLink] = useState<ContinuationLink | null>(null);
  const [isMaking, setIsMaking] = useState(true);
  const [copied, setCopied] = useState<string | null>(null);
  const [isCopyBlocked, setIsCopyBlocked] = useState(false);
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish for a new one counts.
  useEffect(() => {
    let isWanted = true;
    setIsMaking(true);
    otherDevices
      .makeLink(callId)
      .then(
        (made) => isWanted && setLink(made),
        (error: unknown) => isWanted && fail(error),
      )
      .finally(() => isWanted && setIsMaking(false));
    return () => {
      isWanted = false;
    };
  }, [otherDevices, callId, fail, times]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link?.url ?? '');
      setCopied(link?.url ?? null);
    } catch {
      setIsCopyBlocked(true);
    }
  };
  return {
    link,
    isMaking,
    renew: () => setTimes((count) => count + 1),
    copy: () => void copy(),
    isCopied: link !== null && copied === link.url,
    isCopyBlocked,
  };
}
