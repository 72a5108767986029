import { BenchPage } from './BenchPage.ts';
import { type BenchSetting, instantNumber, ringingNumber } from './BenchSetting.ts';
import { median } from './statistics.ts';

export interface DialFigures {
  /** From the page's wish to call, before it has made an offer, to the message on its way. */
  readonly wishToMessageMs: number;
  readonly dialToInviteMs: number;
  readonly dialToRingingMs: number;
  readonly dialToFirstAudioMs: number;
  readonly answerToBrowserHearsMs: number;
  readonly answerToGatewayHearsMs: number;
  /** The same for a call that rang for 200 ms: ICE and DTLS were done when it was answered. */
  readonly rungAnswerToBrowserHearsMs: number;
  readonly rungAnswerToGatewayHearsMs: number;
}

const warmUpCalls = 3;

/** Calls one after another from a page; medians. Dial is the moment when the page sends its message. */
export async function measureDial(setting: BenchSetting, calls: number): Promise<DialFigures> {
  const page = await BenchPage.open(setting.browser, setting.bridge.url);
  const measure = async (number: string) => {
    setting.gateway.clear();
    const times = await page.dial(number);
    const [invited, answered, heard] = await Promise.all([
      setting.gateway.waitFor('invited'),
      setting.gateway.waitFor('answered'),
      setting.gateway.waitFor('heard'),
    ]);
    await page.hangUp(times.callId);
    return { ...times, invited, answered, heard };
  };
  for (let call = 0; call < warmUpCalls; call += 1) await measure(instantNumber);
  const instant: Awaited<ReturnType<typeof measure>>[] = [];
  const rung: typeof instant = [];
  for (let call = 0; call < calls; call += 1) {
    instant.push(await measure(instantNumber));
    rung.push(await measure(ringingNumber));
  }
  await page.close();
  return {
    wishToMessageMs: median(instant.map(({ started, sent }) => sent - started)),
    dialToInviteMs: median(instant.map(({ sent, invited }) => invited - sent)),
    dialToRingingMs: median(rung.map(({ sent, ringing }) => (ringing ?? Number.NaN) - sent)),
    dialToFirstAudioMs: median(instant.map(({ sent, firstAudio }) => firstAudio - sent)),
    answerToBrowserHearsMs: median(instant.map(({ answered, firstAudio }) => firstAudio - answered)),
    answerToGatewayHearsMs: median(instant.map(({ answered, heard }) => heard - answered)),
    rungAnswerToBrowserHearsMs: median(rung.map(({ answered, firstAudio }) => firstAudio - answered)),
    rungAnswerToGatewayHearsMs: median(rung.map(({ answered, heard }) => heard - answered)),
  };
}
