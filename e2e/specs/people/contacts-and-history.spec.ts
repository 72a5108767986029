import { expect } from '@playwright/test';
import { alice, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { ContactsPage, Dialer, HistoryPage, SignInPage } from '../../pages/index.ts';
import { scenarios } from '../../sip-peer/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
  busy: scripted({ scenario: scenarios.busy }),
});

test('a contact is added, found, changed, called and deleted, and another device sees each change', async ({
  browser,
  bridge,
  dialer,
  network,
  page,
}) => {
  const here = new ContactsPage(page);
  const otherContext = await browser.newContext();
  const otherPage = await otherContext.newPage();
  await otherPage.goto(bridge.url);
  await new SignInPage(otherPage).signIn(alice);
  await new Dialer(otherPage).contacts.click();
  const there = new ContactsPage(otherPage);
  await dialer.contacts.click();

  await test.step('added', async () => {
    await here.create({ name: 'Grace Hopper', number: network.telephone.number, company: 'Navy' });
    await here.create({ name: 'Edsger Dijkstra', number: '+12025550198' });
    await expect(here.person('Grace Hopper')).toBeVisible();
    await expect(there.person('Grace Hopper')).toBeVisible();
  });

  await test.step('found by a part of the company’s name', async () => {
    await here.search.fill('nav');
    await expect(here.person('Grace Hopper')).toBeVisible();
    await expect(here.person('Edsger Dijkstra')).toBeHidden();
    await here.search.fill('');
  });

  await test.step('changed', async () => {
    await here.person('Grace Hopper').click();
    await here.edit.click();
    await here.name.fill('Admiral Hopper');
    await here.save.click();
    await expect(here.save).toBeHidden();
    await here.close();
    await expect(there.person('Admiral Hopper')).toBeVisible();
    await expect(there.person('Grace Hopper')).toBeHidden();
  });

  await test.step('called with one press', async () => {
    const mark = network.telephone.peer.mark();
    await here.dial('Admiral Hopper').click();
    await network.telephone.peer.waitForEstablished(mark);
    await expect(page.getByRole('heading', { name: 'Admiral Hopper' })).toBeVisible();
    await dialer.expectToHear(1000);
    await dialer.hangUp.click();
    await dialer.expectIdle();
  });

  await test.step('deleted', async () => {
    await here.person('Admiral Hopper').click();
    await here.remove.click();
    await expect(here.person('Admiral Hopper')).toBeHidden();
    await expect(there.person('Admiral Hopper')).toBeHidden();
    await page.reload();
    await expect(here.person('Edsger Dijkstra')).toBeVisible();
    await expect(here.person('Admiral Hopper')).toBeHidden();
  });
  await otherContext.close();
});

test('a contact without a name or a number is not saved, and the form says why', async ({ dialer, page }) => {
  const contacts = new ContactsPage(page);
  await dialer.contacts.click();
  await contacts.add.click();
  await contacts.save.click();
  await expect(contacts.dialog).toContainText('Give the contact a name.');
  await contacts.name.fill('Nobody');
  await contacts.save.click();
  await expect(contacts.dialog).toContainText('Give the contact a number.');
});

test('the history shows how each call ended, its steps, and calls again', async ({ dialer, network, page }) => {
  const history = new HistoryPage(page);
  const { number, peer } = network.telephone;
  await dialer.dial(network.busy.number);
  await expect(dialer.status).toContainText(/busy/i);
  await dialer.expectIdle();
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  await dialer.hangUp.click();
  await dialer.expectIdle();

  await dialer.history.click();
  await expect(history.entry('(202) 555-0101', 'Busy')).toBeVisible();
  await history.entry('(202) 555-0100', 'Answered').click();
  await expect(history.dialog).toContainText('telephone');
  await expect(history.dialog).toContainText('opus');
  await expect(history.dialog).toContainText(/established/i);

  const mark = peer.mark();
  await history.dialog.getByRole('button', { name: 'Dial again' }).click();
  await peer.waitForEstablished(mark);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});
