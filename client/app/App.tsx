import type { i18n } from 'i18next';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { BrowserRouter, useHref, useNavigate } from 'react-router';
import type { Brand } from '../../shared/protocol/index.ts';
import { BrandProvider } from '../branding/index.ts';
import { type Calling, CallingProvider } from '../calling/index.ts';
import { SignInPage } from '../features/sign-in/index.ts';
import { NotificationsProvider } from '../notifications/index.ts';
import { PreferencesProvider } from '../preferences/index.ts';
import { RecordsProvider } from '../records/index.ts';
import { SessionProvider, useSessionState } from '../session/index.ts';
import { useReadable } from '../state/index.ts';
import { Notices, NoticesProvider } from '../ui/index.ts';
import type { Client } from './createClient.ts';
import type { Line } from './createLine.ts';
import { Pages } from './Pages.tsx';
import { Speaking } from './Speaking.tsx';
import { Waiting } from './Waiting.tsx';

export function App({ client, translations }: { client: Client; translations: i18n }) {
  return (
    <I18nextProvider i18n={translations}>
      <PreferencesProvider preferences={client.preferences}>
        <NoticesProvider board={client.noticeBoard}>
          <NotificationsProvider notifications={client.notifications}>
            <SessionProvider session={client.session}>
              <BrowserRouter>
                <AriaRouter>
                  <Entrance client={client} />
                </AriaRouter>
              </BrowserRouter>
              <NoticePlace />
            </SessionProvider>
          </NotificationsProvider>
        </NoticesProvider>
      </PreferencesProvider>
    </I18nextProvider>
  );
}

/** Links of the component library go through our router. */
function AriaRouter({ children }: { children: React.ReactNode }) {
  const navigate = useNavigate();
  const { i18n: translations } = useTranslation();
  return (
    <I18nProvider locale={translations.language}>
      <RouterProvider navigate={(path) => void navigate(path)} useHref={useHref}>
        {children}
      </RouterProvider>
    </I18nProvider>
  );
}

function NoticePlace() {
  const { t } = useTranslation();
  return <Notices label={t('common.notices')} closeLabel={t('common.close')} />;
}

/** Nobody passes without having signed in; the address stays, so that they get where they wanted. */
function Entrance({ client }: { client: Client }) {
  const state = useSessionState();
  const line = useReadable(client.line);
  const pageBrand = useReadable(client.pageBrand.brand);
  const continuation = useReadable(client.continuation);
  const { t } = useTranslation();
  if (state.kind === 'loading' || state.kind === 'unreachable') {
    return <Waiting isUnreachable={state.kind === 'unreachable'} />;
  }
  if (state.kind === 'signedOut' || line === null) {
    if (pageBrand === null) return <Waiting isUnreachable={false} />;
    return (
      <Branded brand={pageBrand}>
        <SignInPage hint={continuation === null ? null : t('moving.signIn')} />
      </Branded>
    );
  }
  const { contactBook, callHistory } = line;
  return (
    <CallingProvider {...callingOf(line)}>
      <RecordsProvider contactBook={contactBook} callHistory={callHistory}>
        <LineBrand line={line}>
          <Pages />
        </LineBrand>
      </RecordsProvider>
    </CallingProvider>
  );
}

function callingOf(line: Line): Calling {
  const {
    phone,
    connection,
    output,
    microphone,
    incoming,
    availability,
    ringer,
    callReturn,
    otherDevices,
    quality,
    check,
  } = line;
  return {
    phone,
    connection,
    output,
    microphone,
    incoming,
    availability,
    ringer,
    callReturn,
    otherDevices,
    quality,
    check,
  };
}

/** The brand as the bridge told it last, also while it is away. */
function LineBrand({ line, children }: { line: Line; children: React.ReactNode }) {
  return <Branded brand={useReadable(line.brand)}>{children}</Branded>;
}

function Branded({ brand, children }: { brand: Brand; children: React.ReactNode }) {
  return (
    <BrandProvider brand={brand}>
      <Speaking />
      {children}
    </BrandProvider>
  );
}
