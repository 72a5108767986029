import { useCall, useIncoming } from '../../calling/index.ts';
import { RingScreen } from './RingScreen.tsx';
import { useCallNotification } from './useCallNotification.ts';
import { useRingingNotices } from './useRingingNotices.ts';

/** What happens over every page when somebody calls. While the person talks, `CallWaiting` tells it instead. */
export function Incoming() {
  const { ringing } = useIncoming();
  const { active } = useCall();
  useCallNotification(ringing[0] ?? null);
  useRingingNotices();
  const [first, ...others] = ringing;
  if (first === undefined || active !== null) return null;
  return <RingScreen call={first} others={others} />;
}
