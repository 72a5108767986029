import type { Locator, Page } from '@playwright/test';

export class SignInPage {
  readonly userName: Locator;
  readonly password: Locator;
  readonly submit: Locator;

  constructor(page: Page) {
    this.userName = page.getByRole('textbox', { name: 'User name' });
    this.password = page.getByLabel('Password', { exact: true });
    this.submit = page.getByRole('button', { name: 'Sign in', exact: true });
  }

  async signIn({ userName, password }: { userName: string; password: string }): Promise<void> {
    await this.userName.fill(userName);
    await this.password.fill(password);
    await this.submit.click();
  }
}
