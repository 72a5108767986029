import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { CallLoggerEvents, EndedCall } from '../call-server/call-logger/index.ts';
import { Metrics, type MetricsDeps } from './index.ts';

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});
/** Suffixes of a histogram's series. */
const suffix = /_(bucket|sum|count)$/;

/** Metrics as they are when each has been seen once: name -> labels. */
async function knownMetrics(): Promise<Map<string, Set<string>>> {
  const log = new EventEmitter<CallLoggerEvents>();
  const deps = {
    log,
    sip: { holdings: () => ({ calls: 1 }), counters: () => ({ messagesIn: 1 }) },
    relay: { holdings: async () => ({ workers: 1 }) },
    proxyServer: { statuses: async () => [{ gatewayId: 'gw1', state: 'up', calls: 1 }] },
    webhooks: { waiting: async () => 0, onResult: () => {} },
    activeCalls: () => 1,
    connectedDevices: () => 1,
  } as unknown as MetricsDeps;
  const metrics = new Metrics(deps);
  const opening = { direction: 'outgoing', brandId: 'acme' } as EndedCall['opening'];
  const mos = { fromBrowser: 4, toBrowser: 4, fromGateway: 4, toGateway: 4 };
  log.emit('requested', opening);
  const closing = { outcome: 'answered', errorCode: null, postDialDelayMs: 5, endedAtMs: 9 } as EndedCall['closing'];
  log.emit('ended', { opening, closing, answeredAtMs: 1, gatewayId: null, userId: null, mos });
  const known = new Map<string, Set<string>>();
  for (const line of (await metrics.text()).split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
    known.set(name, new Set([...(known.get(name) ?? []), ...names]));
  }
  return known;
}

it('asks only for metrics and labels that there are', async () => {
  const text = await readFile(new URL('../../docs/grafana/dialbridge.json', import.meta.url), 'utf8');
  const expressions = dashboardSchema
    .parse(JSON.parse(text))
    .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const known = await knownMetrics();
  const asked = new Set<string>();
  for (const expr of expressions) {
    for (const [, name = '', matchers = ''] of expr.matchAll(/\b((?:dialbridge|process|nodejs)_\w+)\{([^}]*)\}/g)) {
      asked.add(name);
      const labels = [...matchers.matchAll(/(\w+)[!=]~?"/g)].map(([, label]) => label);
      // `instance` is Prometheus' own.
      for (const label of labels.filter((one) => one !== 'instance'))
        expect([...(known.get(name) ?? [])], expr).toContain(label);
    }
    const names = [...expr.matchAll(/\b(?:dialbridge|process|nodejs)_\w+/g)].map(([name]) => name);
    expect(names.length, expr).toBeGreaterThan(0);
    for (const name of names) expect([...known.keys()], expr).toContain(name);
    for (const [, by = ''] of expr.matchAll(/by \(([^)]*)\)/g)) {
      const labels = by.split(', ').filter((one) => one !== 'instance');
      for (const label of labels)
        expect(
          names.some((name) => known.get(name)?.has(label)),
          `${label} in ${expr}`,
        ).toBe(true);
    }
  }
  // And shows all that is ours.
  const ours = [...known.keys()]
    .filter((name) => name.startsWith('dialbridge_'))
    .map((name) => name.replace(suffix, ''));
  expect([...new Set([...asked].map((name) => name.replace(suffix, '')))]).toEqual(
    expect.arrayContaining([...new Set(ours)]),
  );
});
