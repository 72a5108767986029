import { configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter, Route, Routes } from 'react-router';
import { sessionGrantSchema, type UserRole } from '../../../shared/protocol/index.ts';
import { addAdminWords } from '../../app/translations/admin/addAdminWords.ts';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { BrandProvider, defaultBrand, useBrand } from '../../branding/index.ts';
import { ApiClient, Session, SessionProvider } from '../../session/index.ts';
import { FakeTimers } from '../../state/testing/FakeTimers.ts';
import { NoticeBoard, Notices, NoticesProvider } from '../../ui/index.ts';
import { Admin, BrandSceneContext, type SceneName } from '../index.ts';
import { type Answer, FakeAdminBridge } from './FakeAdminBridge.ts';

export interface AdminTest {
  readonly role?: UserRole;
  /** Brand that the account belongs to; absent: a brand manager's is `default`, others have none. */
  readonly brandId?: string;
  /** Goes before what the fake bridge answers by itself. */
  readonly answers?: Record<string, Answer>;
  /** Puts there what the page is to find. */
  readonly fill?: (bridge: FakeAdminBridge) => void;
}

/** For `describe`: a form of forty fields takes its time on a busy machine. */
export const patience = { timeout: 30_000 };

/** The operator's pages at an address, signed in, over an admin API in memory. */
export async function renderAdmin(path: string, { role = 'operator', brandId, answers = {}, fill }: AdminTest = {}) {
  configure({ asyncUtilTimeout: 8_000 });
  const grant = sessionGrantSchema.parse({
    accessToken: 'token-1-long',
    expiresAtMs: 4_000_000_000_000,
    user: {
      id: 'u1',
      userName: 'olga',
      displayName: 'Olga Operator',
      role,
      brandId: brandId ?? (role === 'brandManager' ? 'default' : null),
    },
    brand: defaultBrand,
    callServer: { id: 'cs-1', url: 'http://127.0.0.1:8080' },
  });
  const bridge = new FakeAdminBridge({ ...answers, 'POST /session/refresh': () => grant });
  fill?.(bridge);
  const session = new Session({
    api: new ApiClient({ origin: '', fetch: bridge.fetch }),
    timers: new FakeTimers(),
    runExclusive: (task) => task(),
  });
  await session.start(null);
  bridge.asked.length = 0;
  const translations = createTranslations('en');
  addAdminWords(translations);
  render(
    <I18nextProvider i18n={translations}>
      <NoticesProvider board={new NoticeBoard(new FakeTimers())}>
        <SessionProvider session={session}>
          <BrandProvider brand={defaultBrand}>
            <MemoryRouter initialEntries={[path]}>
              <Routes>
                <Route
                  path="admin/*"
                  element={
                    <BrandSceneContext value={PaintedName}>
                      <Admin />
                    </BrandSceneContext>
                  }
                />
              </Routes>
            </MemoryRouter>
            <Notices label="Notices" closeLabel="Close" />
          </BrandProvider>
        </SessionProvider>
      </NoticesProvider>
    </I18nextProvider>,
  );
  const user = userEvent.setup();
  /** Into a field at once: letter by letter takes seconds on a busy machine. */
  const write = async (field: HTMLElement, text: string) => {
    await user.click(field);
    await user.paste(text);
  };
  return { bridge, user, write };
}

/** Stands in for the dialer's own pages in previews of brands. */
function PaintedName({ scene }: { scene: SceneName }) {
  return (
    <p>
      {scene}: {useBrand().name}
    </p>
  );
}
