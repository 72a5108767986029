import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { AudioOutput } from '../audio/index.ts';
import type { PhoneCheck } from '../check/index.ts';
import type { Connection } from '../connection/index.ts';
import type { Availability, IncomingCalls, Ringer } from '../incoming/index.ts';
import type { Microphone } from '../media/index.ts';
import type { Phone } from '../phone/index.ts';
import type { QualityMonitor } from '../quality/index.ts';
import type { CallReturn, OtherDevices } from '../return/index.ts';

export interface Calling {
  readonly phone: Phone;
  readonly connection: Connection;
  readonly output: AudioOutput;
  readonly microphone: Microphone;
  readonly incoming: IncomingCalls;
  readonly availability: Availability;
  readonly ringer: Ringer;
  readonly callReturn: CallReturn;
  readonly otherDevices: OtherDevices;
  readonly quality: Pick<QualityMonitor, 'view'>;
  readonly check: PhoneCheck;
}

const CallingContext = createContext<Calling | null>(null);

export function CallingProvider({ children, ...parts }: Calling & { children: ReactNode }) {
  const {
    phone,
    connection,
    output,
    microphone,
    incoming,
    availability,
    ringer,
    callReturn,
    otherDevices,
    quality,
    check,
  } = parts;
  const calling = useMemo(
    () => ({
      phone,
      connection,
      output,
      microphone,
      incoming,
      availability,
      ringer,
      callReturn,
      otherDevices,
      quality,
      check,
    }),
    [phone, connection, output, microphone, incoming, availability, ringer, callReturn, otherDevices, quality, check],
  );
  return <CallingContext value={calling}>{children}</CallingContext>;
}

export function useCalling(): Calling {
  const calling = useContext(CallingContext);
  if (calling === null) throw new Error('calling needs a CallingProvider above it');
  return calling;
}
