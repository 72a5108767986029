import { expect, type Locator, type Page } from '@playwright/test';

/** The operator's list of rules, in order of decision. */
export class RulesPage {
  readonly list: Locator;
  /** The live region that tells where a rule was moved. */
  readonly announcer: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.list = page.getByRole('grid', { name: 'Rules in order of decision' });
    this.announcer = page.getByRole('status', { name: 'Order of rules' });
  }

  rule(name: string): Locator {
    return this.list.getByRole('row').filter({ hasText: name });
  }

  async expectOrder(names: readonly string[]): Promise<void> {
    await expect(this.list.locator('.rule-title')).toHaveText([...names]);
  }

  /** By keyboard alone: from the search into the list, to the rule, to its handle, and up. */
  async moveToTopByKeyboard(name: string): Promise<void> {
    const { keyboard } = this.#page;
    await this.#page.getByRole('searchbox', { name: 'Search rules' }).focus();
    await keyboard.press('Tab');
    while (!(await this.#isFocused(this.rule(name)))) await keyboard.press('ArrowDown');
    await keyboard.press('ArrowRight');
    await expect(this.rule(name).getByRole('button', { name: `Move ${name}` })).toBeFocused();
    await keyboard.press('Enter');
    const top = this.#page.getByRole('button', { name: /^Insert before/ });
    await expect(this.#page.getByRole('button', { name: /^Insert (after|between)/ }).first()).toBeAttached();
    while (!(await this.#isFocused(top))) await keyboard.press('ArrowUp');
    await this.#moved(() => keyboard.press('Enter'));
  }

  /** By mouse: onto the lower edge of another. */
  async dragBelow(name: string, other: string): Promise<void> {
    const handle = await boxOf(this.rule(name).getByRole('button', { name: `Move ${name}` }));
    const target = await boxOf(this.rule(other));
    const { mouse } = this.#page;
    const x = handle.x + handle.width / 2;
    await mouse.move(x, handle.y + handle.height / 2);
    await mouse.down();
    await mouse.move(x + 20, target.y + target.height / 2, { steps: 5 });
    await mouse.move(x + 20, target.y + target.height - 3, { steps: 5 });
    await this.#moved(() => mouse.up());
  }

  async choose(name: string, action: string): Promise<void> {
    await this.#page.getByRole('button', { name: `More for ${name}` }).click();
    await this.#page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  /** The page shows the new order before the bridge has taken it. */
  async #moved(drop: () => Promise<void>): Promise<void> {
    const answer = this.#page.waitForResponse((response) => response.url().endsWith('/move'));
    await drop();
    await answer;
  }

  async #isFocused(target: Locator): Promise<boolean> {
    return (
      (await target.count()) > 0 && (await target.first().evaluate((element) => element === document.activeElement))
    );
  }
}

async function boxOf(target: Locator) {
  const box = await target.boundingBox();
  if (box === null) throw new Error('it is not in sight');
  return box;
}
