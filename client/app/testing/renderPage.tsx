import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { CallId } from '../../../shared/domain/index.ts';
import { type Brand, sessionGrantSchema, type UserRole } from '../../../shared/protocol/index.ts';
import { BrandProvider, defaultBrand } from '../../branding/index.ts';
import { type AudioOutput, CallingProvider, type Microphone } from '../../calling/index.ts';
import { callStatus } from '../../calling/testing/callStatus.ts';
import { helloAnswer } from '../../calling/testing/helloAnswer.ts';
import { makePhone } from '../../calling/testing/makePhone.ts';
import { NotificationsProvider, PageNotifications } from '../../notifications/index.ts';
import { FakeNotifications } from '../../notifications/testing/FakeNotifications.ts';
import { Preferences, PreferencesProvider } from '../../preferences/index.ts';
import { CallHistory, ContactBook, RecordsProvider } from '../../records/index.ts';
import { ApiClient, type ApiRequest, Session, SessionProvider } from '../../session/index.ts';
import { Observable, type Readable, useReadable } from '../../state/index.ts';
import { FakeTimers, settle } from '../../state/testing/FakeTimers.ts';
import { NoticeBoard, Notices, NoticesProvider } from '../../ui/index.ts';
import { keepCurrent } from '../keepCurrent.ts';
import { Pages } from '../Pages.tsx';
import { createTranslations } from '../translations/createTranslations.ts';

const grant = sessionGrantSchema.parse({
  accessToken: 'token-1-long',
  expiresAtMs: 4_000_000_000_000,
  user: { id: 'u1', userName: 'alice', displayName: 'Alice Winter', role: 'user' },
  brand: defaultBrand,
  callServer: { id: 'cs-1', url: 'http://127.0.0.1:8080' },
});

/** What the bridge answers over HTTP, by method and path; may be changed during a test. */
export type Answers = Record<string, (request: ApiRequest) => unknown>;

/** The signed-in dialer at an address, over a bridge that a test leads. */
export async function renderPage(
  path: string,
  answers: Answers = {},
  firstBrand: Brand = defaultBrand,
  role: UserRole = 'user',
  /** Before the bridge is there. */
  prepare: (made: ReturnType<typeof makePhone>) => void = () => undefined,
) {
  const made = makePhone();
  prepare(made);
  const hello = helloAnswer();
  const data = { ...hello.data, brand: firstBrand, callerNumbers: firstBrand.callerNumbers };
  made.transport.answers.set('session:hello', () => ({ ...hello, data }));
  made.transport.answers.set('call:dial', ({ callId }) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: callStatus({ callId: callId as CallId, state: 'dialing' }) },
  }));
  const all: Answers = {
    'GET /contacts': () => ({ contacts: [] }),
    'GET /history?limit=50': () => ({ entries: [], nextCursor: null }),
    ...answers,
  };
  const requests: ApiRequest[] = [];
  const send = async <Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> => {
    requests.push(request);
    return schema.parse(all[`${request.method} ${request.path}`]?.(request));
  };
  const session = new Session({
    api: new ApiClient({ origin: '', fetch: async () => Response.json({ ...grant, user: { ...grant.user, role } }) }),
    timers: new FakeTimers(),
    runExclusive: (task) => task(),
  });
  await session.start(null);
  const contactBook = new ContactBook({ send });
  const callHistory = new CallHistory({ send });
  const brand = new Observable(firstBrand);
  onTestFinished(keepCurrent({ connection: made.connection, brand, contactBook, callHistory }));
  made.transport.connect();
  await settle();
  const preferences = new Preferences({ getItem: () => null, setItem: () => undefined });
  const output = { isBlocked: new Observable(false), resume: async () => {} } as unknown as AudioOutput;
  const microphone = { isAsking: new Observable(false) } as unknown as Microphone;
  const { phone, connection, incoming, availability, ringer, callReturn, otherDevices, quality, check } = made;
  const calling = { phone, connection, incoming, availability, ringer, callReturn, otherDevices, quality, check };
  const fake = new FakeNotifications();
  const notifications = new PageNotifications({
    api: fake.api,
    permissions: undefined,
    focusPage: () => fake.focusPage(),
  });
  render(
    <I18nextProvider i18n={createTranslations('en')}>
      <PreferencesProvider preferences={preferences}>
        <NoticesProvider board={new NoticeBoard(new FakeTimers())}>
          <SessionProvider session={session}>
            <NotificationsProvider notifications={notifications}>
              <CallingProvider {...{ ...calling, output, microphone }}>
                <RecordsProvider contactBook={contactBook} callHistory={callHistory}>
                  <Branded brand={brand}>
                    <MemoryRouter initialEntries={[path]}>
                      <Pages />
                    </MemoryRouter>
                    <Notices label="Notices" closeLabel="Close" />
                  </Branded>
                </RecordsProvider>
              </CallingProvider>
            </NotificationsProvider>
          </SessionProvider>
        </NoticesProvider>
      </PreferencesProvider>
    </I18nextProvider>,
  );
  return { ...made, session, preferences, notifications: fake, requests, answers: all, user: userEvent.setup() };
}

function Branded({ brand, children }: { brand: Readable<Brand>; children: ReactNode }) {
  return <BrandProvider brand={useReadable(brand)}>{children}</BrandProvider>;
}
