import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { systemFirefox } from '../../firefox/FirefoxPage.ts';
import { NetworkNamespace } from '../../firefox/NetworkNamespace.ts';
import { PeerProcess } from '../../sip-peer/PeerProcess.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test.skip(
  !existsSync(systemFirefox) || process.getuid?.() !== 0,
  'needs Firefox ESR, and root to give it a network of its own',
);

test('a whole call in Firefox: both hear each other, digits, a reloaded page, hold, hanging up; then one without the relay', async () => {
  test.setTimeout(120_000);
  const namespace = await NetworkNamespace.create();
  try {
    const node = join(root, 'node_modules', '.bin', 'node');
    const call = await PeerProcess.start({
      ...namespace.within(node, ['e2e/firefox/callInFirefox.ts', namespace.address]),
      cwd: root,
    });
    await call.waitForExit(110_000);
    const steps = call.lines.flatMap((line) => (line.startsWith('{"step"') ? [JSON.parse(line)] : []));
    const heard = { pageHears: near(1000), telephoneHears: near(440) };
    expect(steps, call.log()).toEqual([
      { step: 'talking', ...heard },
      { step: 'digits', asEvents: '159#', asInfo: '' },
      { step: 'reloaded', ...heard },
      { step: 'onHold' },
      { step: 'resumed', pageHears: heard.pageHears },
      { step: 'ended', words: expect.stringContaining('Call ended') },
      { step: 'direct', pageHears: near(1250), telephoneHears: near(440), shown: 'Direct' },
    ]);
  } finally {
    await namespace.close();
  }
});

function near(frequencyHz: number) {
  return expect.closeTo(frequencyHz, -1.6);
}
