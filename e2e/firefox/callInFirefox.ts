/**
 * A whole call in Firefox with a bridge and a telephone of its own, for `specs/calling/firefox.spec.ts`, which runs this in a network
 * namespace: `callInFirefox.ts ADDRESS`. What was seen at each step goes to standard output, a line of JSON each.
 */
import { Bridge } from '../fixtures/Bridge.ts';
import { bridgeConfig } from '../fixtures/bridgeConfig.ts';
import { alice } from '../fixtures/people.ts';
import type { HeardTone } from '../sip-peer/audio/index.ts';
import { Baresip } from '../sip-peer/index.ts';
import { waitUntil } from '../sip-peer/waitUntil.ts';
import { FirefoxPage } from './FirefoxPage.ts';

const [address = '127.0.0.1'] = process.argv.slice(2);
const number = '+12025550111';
/** Of a telephone that speaks WebRTC: the audio of calls to it doesn't touch the bridge. */
const directNumber = '+12025550112';
const microphoneHz = 440;
const telephoneHz = 1000;
const directHz = 1250;

await using stack = new AsyncDisposableStack();
const telephone = stack.adopt(
  await Baresip.start({ numbers: [number], address, codec: 'opus', answerMode: 'auto', toneHz: telephoneHz }),
  (peer) => peer.close(),
);
const gateway = {
  id: 'gw1',
  host: address,
  port: telephone.port,
  transport: 'udp',
  codecs: ['opus'],
  prefixes: [number],
};
const webTelephone = stack.adopt(
  await Baresip.start({
    ...{ numbers: [directNumber], address, codec: 'opus', answerMode: 'auto', toneHz: directHz, isWebRtc: true },
  }),
  (peer) => peer.close(),
);
const directGateway = {
  ...{ ...gateway, id: 'direct', port: webTelephone.port, transport: 'tcp', prefixes: [directNumber], media: 'direct' },
};
const bridge = stack.adopt(
  await Bridge.start({
    ...bridgeConfig([gateway, directGateway]),
    sip: {
      listen: [
        { transport: 'udp', host: address, port: 0 },
        { transport: 'tcp', host: address, port: 0 },
      ],
    },
    media: { listenAddress: address, portRange: [40_000, 40_999], workers: 1 },
  }),
  (started) => started.close(),
);
// The microphone is for secure pages, and http://localhost is one.
const page = stack.adopt(
  await FirefoxPage.open(bridge.url.replace('127.0.0.1', 'localhost'), { toneHz: microphoneHz }),
  (opened) => opened.close(),
);

await page.fill('User name', alice.userName);
await page.fill('Password', alice.password);
await page.click('Sign in');
const mark = telephone.mark();
await page.fill('Phone number', number);
await page.click('Call');
await telephone.waitForEstablished(mark);
say('talking', await heardBothWays());

await page.type('159#');
await waitUntil('the digits', () => telephone.digits(mark).asEvents.length >= 4);
say('digits', telephone.digits(mark));

await page.reload();
await page.waitForText(/Connected/);
say('reloaded', await heardBothWays());

// The telephone's own recording ends with the first re-INVITE.
await page.click('Hold');
await page.waitForText(/neither of you hears the other/);
await waitUntil('silence', async () => (await page.hears()) === null);
say('onHold', {});
await page.click('Hold');
say('resumed', { pageHears: await hearing(page, telephoneHz) });

await page.click('Hang up');
await telephone.waitForClosed(mark);
say('ended', { words: await page.waitForText(/Call ended/) });

const directMark = webTelephone.mark();
await page.fill('Phone number', directNumber);
await page.click('Call');
await webTelephone.waitForEstablished(directMark);
say('direct', {
  pageHears: await hearing(page, directHz),
  telephoneHears: await hearing(webTelephone, microphoneHz),
  shown: await page.waitForText(/Direct/),
});
await page.click('Hang up');
await webTelephone.waitForClosed(directMark);

/** What each hears once that is what the other one says; what it is else, after some time. */
async function heardBothWays() {
  const pageHears = await hearing(page, telephoneHz);
  return { pageHears, telephoneHears: await hearing(telephone, microphoneHz) };
}

async function hearing(listener: { hears(): Promise<HeardTone | null> }, frequencyHz: number): Promise<number | null> {
  let heardHz: number | null = null;
  const isHeard = async () => {
    const heard = await listener.hears();
    heardHz = heard?.frequencyHz ?? null;
    return isNear(heard, frequencyHz);
  };
  await waitUntil('the tone', isHeard).catch(() => {});
  return heardHz;
}

function isNear(heard: HeardTone | null, frequencyHz: number): boolean {
  return heard !== null && Math.abs(heard.frequencyHz - frequencyHz) < 20;
}

function say(step: string, seen: object): void {
  console.log(JSON.stringify({ step, ...seen }));
}
