import type { Page } from '@playwright/test';
import { type BadNetwork, spoilNetwork } from '../fixtures/badNetwork.ts';
import { alice } from '../fixtures/index.ts';
import { blockMicrophone, silenceMicrophone } from '../fixtures/troubledMicrophones.ts';
import { SignInPage } from '../pages/index.ts';

export interface CheckPictures {
  /** A page of a browser of its own that has been nowhere yet. */
  readonly openPage: () => Promise<Page>;
  readonly url: string;
  readonly take: (page: Page, name: string) => Promise<void>;
}

/** Before a check, while it runs, and with each kind of verdict. */
export async function takeCheckPages({ openPage, url, take }: CheckPictures): Promise<void> {
  const check = async (
    prepare: (page: Page) => Promise<BadNetwork | null>,
    pictures: (page: Page) => Promise<void>,
  ) => {
    const page = await openPage();
    const network = await prepare(page);
    await page.goto(new URL('/check', url).href);
    await new SignInPage(page).signIn(alice);
    await pictures(page);
    await page.context().close();
    network?.close();
  };
  const start = (page: Page) => page.getByRole('button', { name: 'Start the echo test' }).click();
  const verdict = (page: Page, title: string) => page.getByText(title).waitFor({ timeout: 20_000 });

  await check(
    async () => null,
    async (page) => {
      await page.getByRole('heading', { name: 'Check my phone' }).waitFor();
      await take(page, 'check');
      await start(page);
      await page.getByText('Say something. In a few seconds you know more.').waitFor();
      await take(page, 'check-running');
      await verdict(page, 'All good: calls will sound clear');
      await take(page, 'check-good');
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Test again' }).waitFor();
      await take(page, 'check-done');
    },
  );
  await check(
    async (page) => {
      await page.addInitScript(blockMicrophone);
      return null;
    },
    async (page) => {
      await start(page);
      await page.getByRole('button', { name: 'Test again' }).waitFor();
      await take(page, 'check-no-microphone');
    },
  );
  await check(
    async (page) => {
      await page.addInitScript(silenceMicrophone);
      return null;
    },
    async (page) => {
      await start(page);
      await verdict(page, 'Your microphone is silent');
      await take(page, 'check-silent');
    },
  );
  await check(
    (page) => spoilNetwork(page, { loss: 0.1, jitterMs: 80 }),
    async (page) => {
      await start(page);
      await verdict(page, 'Your network loses packets');
      await take(page, 'check-network');
      await page.getByRole('heading', { name: 'Network to the phone service' }).scrollIntoViewIfNeeded();
      await take(page, 'check-network-figures');
    },
  );
  await check(
    async (page) => {
      await page.addInitScript(silenceMicrophone);
      return spoilNetwork(page, { loss: 1, jitterMs: 0 });
    },
    async (page) => {
      await start(page);
      await verdict(page, 'The sound doesn’t get through');
      await page.getByRole('button', { name: 'Stop' }).click();
      await take(page, 'check-bad');
    },
  );
}
