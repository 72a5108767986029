import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterEach, describe, expect, it } from 'vitest';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { ApiClient, Session, SessionProvider } from '../../session/index.ts';
import { FakeTimers } from '../../state/testing/FakeTimers.ts';
import { SignInPage } from './SignInPage.tsx';

afterEach(cleanup);

function renderSignIn(answer: () => Response) {
  const bodies: unknown[] = [];
  const api = new ApiClient({
    origin: '',
    fetch: async (_input, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return answer();
    },
  });
  const session = new Session({ api, timers: new FakeTimers(), runExclusive: (task) => task() });
  render(
    <I18nextProvider i18n={createTranslations('en')}>
      <SessionProvider session={session}>
        <SignInPage />
      </SessionProvider>
    </I18nextProvider>,
  );
  return { bodies, user: userEvent.setup() };
}

describe('SignInPage', () => {
  it('sends user name and password, and says when they are wrong', async () => {
    const { bodies, user } = renderSignIn(() =>
      Response.json({ error: { code: 'wrongCredentials', message: 'no' } }, { status: 401 }),
    );
    await user.type(screen.getByRole('textbox', { name: 'User name' }), 'alice');
    await user.type(screen.getByLabelText('Password'), 'not it{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('The user name or the password is not right.');
    expect(bodies).toEqual([{ userName: 'alice', password: 'not it' }]);
  });

  it('asks for what is missing without asking the bridge', async () => {
    const { bodies, user } = renderSignIn(() => Response.json({}));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(screen.getByRole('alert').textContent).toBe('Enter your user name and your password.');
    expect(bodies).toEqual([]);
  });

  it('says so when the bridge is away', async () => {
    const { user } = renderSignIn(() => {
      throw new TypeError('Failed to fetch');
    });
    await user.type(screen.getByRole('textbox', { name: 'User name' }), 'alice');
    await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
  });

  it('shows the password on wish', async () => {
    const { user } = renderSignIn(() => Response.json({}));
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    expect(password.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show what is typed' }));
    expect(password.type).toBe('text');
  });
});
