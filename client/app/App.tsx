import type { i18n } from 'i18next';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { BrowserRouter, Navigate, Route, Routes, useHref, useNavigate } from 'react-router';
import { BrandProvider, defaultBrand } from '../branding/index.ts';
import { CallingProvider, useConnection } from '../calling/index.ts';
import { ContactsPage } from '../features/contacts/index.ts';
import { Overview } from '../features/dialer/index.ts';
import { HistoryPage } from '../features/history/index.ts';
import { SettingsPage } from '../features/settings/index.ts';
import { SignInPage } from '../features/sign-in/index.ts';
import { PreferencesProvider } from '../preferences/index.ts';
import { RecordsProvider } from '../records/index.ts';
import { SessionProvider, useGrant, useSessionState } from '../session/index.ts';
import { useReadable } from '../state/index.ts';
import { Notices, NoticesProvider } from '../ui/index.ts';
import { AdminRoute } from './AdminRoute.tsx';
import type { Client } from './createClient.ts';
import { Shell } from './Shell.tsx';
import { Speaking } from './Speaking.tsx';
import { Waiting } from './Waiting.tsx';

export function App({ client, translations }: { client: Client; translations: i18n }) {
  return (
    <I18nextProvider i18n={translations}>
      <PreferencesProvider preferences={client.preferences}>
        <NoticesProvider board={client.noticeBoard}>
          <SessionProvider session={client.session}>
            <BrowserRouter>
              <AriaRouter>
                <Entrance client={client} />
              </AriaRouter>
            </BrowserRouter>
            <NoticePlace />
          </SessionProvider>
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
  if (state.kind === 'loading' || state.kind === 'unreachable') {
    return (
      <BrandProvider brand={defaultBrand}>
        <Speaking />
        <Waiting isUnreachable={state.kind === 'unreachable'} />
      </BrandProvider>
    );
  }
  if (state.kind === 'signedOut' || line === null) {
    return (
      <BrandProvider brand={defaultBrand}>
        <Speaking />
        <SignInPage />
      </BrandProvider>
    );
  }
  const { phone, connection, output, microphone, contactBook, callHistory } = line;
  return (
    <CallingProvider phone={phone} connection={connection} output={output} microphone={microphone}>
      <RecordsProvider contactBook={contactBook} callHistory={callHistory}>
        <Branded>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<Overview />} />
              <Route path="contacts" element={<ContactsPage />} />
              <Route path="history" element={<HistoryPage />} />
              <Route path="settings" element={<SettingsPage />} />
              <Route path="admin/*" element={<AdminRoute />} />
              <Route path="*" element={<Navigate to="/" replace />} />
            </Route>
          </Routes>
        </Branded>
      </RecordsProvider>
    </CallingProvider>
  );
}

function Branded({ children }: { children: React.ReactNode }) {
  const grant = useGrant();
  const { state } = useConnection();
  return (
    <BrandProvider brand={state.kind === 'ready' ? state.hello.brand : grant.brand}>
      <Speaking />
      {children}
    </BrandProvider>
  );
}
