/**
 * Calls whose audio goes between Chromium and a telephone that speaks WebRTC, with a bridge of their own, for `specs/calling/direct.spec.ts`,
 * which runs this in a network namespace: `directCalls.ts ADDRESS`. Neither uses loopback for ICE. What was seen in each call goes to
 * standard output, a line of JSON each.
 */
import { DirectBench, numbers, ownNumbers, telephoneHz } from './DirectBench.ts';
import type { DirectCallPage } from './DirectCallPage.ts';

const [address = '127.0.0.1'] = process.argv.slice(2);

await using bench = await DirectBench.start(address);

await bench.try('direct', async ({ call }) => {
  const mark = await call.dial(numbers.direct);
  const heard = await call.heardBothWays();
  const shown = await call.shownWay();
  const { media } = await bench.holdings();
  await call.press('159#');
  const digits = await call.digits(mark);
  return { heard, shown, media, digits, ...(await call.hangUp(mark)) };
});

await bench.try('held', async ({ call }) => {
  const mark = await call.dial(numbers.direct);
  const before = await call.heardBothWays();
  await call.hold();
  const onHold = await call.silentBothWays();
  const { media } = await bench.holdings();
  await call.resume();
  return { before, onHold, media, after: await call.heardBothWays(), ...(await call.hangUp(mark)) };
});

await bench.try('blocked', async ({ call }) => {
  await call.dialOnly(numbers.blocked);
  await call.expectToHear(telephoneHz.blocked);
  await call.hangUpHere();
  return { heard: 'page', ...(await call.closedRecord()) };
});

await bench.try('reloaded', async ({ call }) => {
  await call.dialOnly(numbers.blocked);
  // Before the answer it would be another call: by the relay from the start.
  await call.expectTalking();
  await call.reload();
  await call.expectToHear(telephoneHz.blocked);
  await call.hangUpHere();
  return { heard: 'page', ...(await call.closedRecord()) };
});

await bench.try('refused', async ({ call }) => {
  await call.dialOnly(numbers.refused);
  return { told: await call.expectEnded(/audio connection was lost/), ...(await call.closedRecord()) };
});

await bench.try(
  'toRelay',
  async ({ call }) => {
    const mark = await call.dial(numbers.directThenRelay);
    return { heard: await call.heardBothWays(), ...(await call.hangUp(mark)) };
  },
  'plain',
);

await bench.try('toDirect', async ({ call }) => {
  const mark = await call.dial(numbers.relayThenDirect);
  return { heard: await call.heardBothWays(), ...(await call.hangUp(mark)) };
});

const byPage = async (number: string, act: (call: DirectCallPage) => Promise<object>, call: DirectCallPage) => {
  const mark = await call.dial(number);
  const seen = await act(call);
  return { ...seen, ...(await call.hangUp(mark)) };
};

await bench.try(
  'reloadedByDtls',
  ({ call }) =>
    byPage(
      numbers.rekeyed,
      async () => {
        const before = await call.heardBothWays();
        await call.reload();
        return { before, after: await call.heardBothWays() };
      },
      call,
    ),
  'page',
);

await bench.try(
  'blockedByDtls',
  ({ call }) => byPage(numbers.unreachable, async () => ({ heard: await call.heardBothWays() }), call),
  'page',
);

await bench.try('reloadedBaresip', async ({ call }) => {
  await call.dial(numbers.direct);
  const before = await call.heardBothWays();
  await call.reloadOnly();
  return { before, told: await call.expectEnded(/audio connection was lost/), ...(await call.closedRecord()) };
});

await bench.try(
  'early',
  async ({ call }) => {
    const mark = bench.telephones.page.mark();
    await call.dialOnly(numbers.announced);
    const whileRinging = await call.heardBothWays();
    bench.telephones.page.answer();
    await bench.telephones.page.waitForEstablished(mark);
    return { whileRinging, after: await call.heardBothWays(), ...(await call.hangUp(mark)) };
  },
  'page',
);

await bench.try('heldByOther', async ({ call }) => {
  const mark = await call.dial(numbers.direct);
  const before = await call.heardBothWays();
  bench.telephones.web.hold();
  await call.expectSilence();
  bench.telephones.web.resume();
  return { before, after: await call.heardBothWays(), ...(await call.hangUp(mark)) };
});

await bench.try('referred', async ({ call }) => {
  const mark = await call.dial(numbers.direct);
  const before = await call.heardBothWays();
  bench.telephones.web.refer(bench.uriOf(numbers.plain));
  await call.expectToHear(telephoneHz.plain);
  await bench.telephones.web.waitForClosed(mark);
  await call.hangUpHere();
  return { before, after: 'plain', ...(await call.closedRecord()) };
});

await bench.try('comesIn', async ({ call }) => {
  await call.expectReachable();
  const mark = bench.telephones.web.mark();
  bench.callFrom('web', ownNumbers.alice);
  await call.answer();
  await bench.telephones.web.waitForEstablished(mark);
  return { heard: await call.heardBothWays(), ...(await call.hangUp(mark)) };
});

await bench.try(
  'sentOn',
  async ({ call }) => {
    const [caller, called] = [bench.telephones.plain.mark(), bench.telephones.page.mark()];
    bench.callFrom('plain', ownNumbers.sentOn);
    await bench.telephones.page.waitForEstablished(called);
    await call.heardByTelephone(telephoneHz.plain);
    await bench.heardBy('plain', telephoneHz.page);
    bench.telephones.plain.hangUp();
    await bench.telephones.plain.waitForClosed(caller);
    await bench.telephones.page.waitForClosed(called);
    return { heard: 'both' };
  },
  'page',
);

await bench.try(
  'passedToDirect',
  async ({ call }) => {
    const other = bench.telephones.web.mark();
    const mark = await call.dial(numbers.rekeyed);
    const before = await call.heardBothWays();
    await call.passOnTo(numbers.direct);
    await bench.telephones.web.waitForEstablished(other);
    await call.heardByTelephone(telephoneHz.web);
    await bench.heardBy('web', telephoneHz.page);
    bench.telephones.web.hangUp();
    await bench.telephones.page.waitForClosed(mark);
    return { before, joined: 'both', ...(await call.closedRecord(numbers.rekeyed)) };
  },
  'page',
);

await bench.try(
  'consulted',
  async ({ call }) => {
    const other = bench.telephones.plain.mark();
    await call.dial(numbers.rekeyed);
    const before = await call.heardBothWays();
    await call.askFirst(numbers.plain);
    await bench.telephones.plain.waitForEstablished(other);
    await call.expectToHear(telephoneHz.plain);
    await call.passOnWhoIsHeld();
    await call.heardByTelephone(telephoneHz.plain);
    await bench.heardBy('plain', telephoneHz.page);
    return { before, joined: 'both', ...(await call.record(numbers.rekeyed)) };
  },
  'page',
);

await bench.try(
  'passedOn',
  async ({ call }) => {
    const mark = bench.telephones.plain.mark();
    await call.dial(numbers.rekeyed);
    const before = await call.heardBothWays();
    await call.passOnTo(numbers.plain);
    await bench.telephones.plain.waitForEstablished(mark);
    await call.heardByTelephone(telephoneHz.plain);
    await bench.heardBy('plain', telephoneHz.page);
    return { before, joined: 'both', ...(await call.record(numbers.rekeyed)) };
  },
  'page',
);
