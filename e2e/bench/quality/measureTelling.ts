import type { Browser } from '@playwright/test';
import { momentOfText } from '../../fixtures/momentOfText.ts';
import { type EchoGateway, silenced } from './EchoGateway.ts';
import { QualityPage } from './QualityPage.ts';

export interface Telling {
  readonly what: string;
  /** From the last packet, or the last sound, to the words on each page. */
  readonly tookMs: readonly number[];
}

interface Fault {
  readonly what: string;
  readonly text: string;
  begin(pages: readonly QualityPage[]): unknown;
  end(pages: readonly QualityPage[]): unknown;
}

/** How long it takes until people are told that nothing is heard: so many calls (PCMU) at the same time, one fault after the other. */
export async function measureTelling(
  browser: Browser,
  options: { readonly gateway: EchoGateway; readonly url: string; readonly number: string; readonly calls: number },
): Promise<Telling[]> {
  const { gateway, url, number, calls } = options;
  const pages: QualityPage[] = [];
  try {
    for (let call = 0; call < calls; call += 1)
      pages.push(await QualityPage.call(browser, { url, number, network: { loss: 0, jitterMs: 0 } }));
    const tellings: Telling[] = [];
    for (const fault of faultsOf(gateway)) tellings.push(await tell(pages, fault));
    return tellings;
  } finally {
    await Promise.all(pages.map((page) => page.close()));
  }
}

function faultsOf(gateway: EchoGateway): Fault[] {
  const echoes = (echo: EchoGateway['echo']) => () => {
    gateway.echo = echo;
  };
  const voiceLost = (isLost: boolean) => (pages: readonly QualityPage[]) => {
    for (const path of pages.flatMap(({ network }) => network.paths)) path.losesVoice = isLost;
  };
  const microphones = (isOn: boolean) => (pages: readonly QualityPage[]) =>
    Promise.all(pages.map((page) => page.setMicrophone(isOn)));
  const [all, none] = [echoes((packet) => packet), echoes(() => null)];
  return [
    {
      ...{ what: 'the microphone falls silent', text: 'Your microphone is silent' },
      ...{ begin: microphones(false), end: microphones(true) },
    },
    { what: 'the other side falls silent', text: 'The other side is silent', begin: echoes(silenced), end: all },
    // A gap is a loss, too, which is told for a while and comes before the silence of the other side.
    { what: 'nothing comes from the gateway', text: 'Nothing arrives from the other side', begin: none, end: all },
    {
      ...{ what: 'nothing of the browser arrives', text: 'The other side can’t hear you' },
      ...{ begin: voiceLost(true), end: voiceLost(false) },
    },
  ];
}

async function tell(pages: readonly QualityPage[], { what, text, begin, end }: Fault): Promise<Telling> {
  const told = pages.map(({ page }) => momentOfText(page, text));
  const sinceMs = Date.now();
  await begin(pages);
  const tookMs = (await Promise.all(told)).map((atMs) => atMs - sinceMs);
  await end(pages);
  await Promise.all(pages.map(({ page }) => page.getByText(text).waitFor({ state: 'hidden' })));
  return { what, tookMs };
}
