import { Navigate, Route, Routes } from 'react-router';
import { useBrand } from '../branding/index.ts';
import { CheckPage } from '../features/check/index.ts';
import { ContactsPage } from '../features/contacts/index.ts';
import { Overview } from '../features/dialer/index.ts';
import { HistoryPage } from '../features/history/index.ts';
import { SettingsPage } from '../features/settings/index.ts';
import { AdminRoute } from './AdminRoute.tsx';
import { Shell } from './Shell.tsx';

/** The pages of somebody who is signed in. What the brand has switched off is not there. */
export function Pages() {
  const { features } = useBrand();
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Overview />} />
        {/* Where guests of host applications come in: the bridge sends this page without any brand. */}
        <Route path="enter" element={<Overview />} />
        {features.contacts && <Route path="contacts" element={<ContactsPage />} />}
        {features.history && <Route path="history" element={<HistoryPage />} />}
        {features.settings && <Route path="settings" element={<SettingsPage />} />}
        {/* Whoever may telephone may try their telephone out, visitors too. */}
        <Route path="check" element={<CheckPage />} />
        <Route path="admin/*" element={<AdminRoute />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Route>
    </Routes>
  );
}
