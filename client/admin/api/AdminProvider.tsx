import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useSession } from '../../session/index.ts';
import { AdminApi } from './AdminApi.ts';

const AdminContext = createContext<AdminApi | null>(null);

export function AdminProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const api = useMemo(
    () =>
      new AdminApi({
        send: (request, schema) => session.send(request, schema),
        download: (request) => session.download(request),
      }),
    [session],
  );
  return <AdminContext value={api}>{children}</AdminContext>;
}

export function useAdminApi(): AdminApi {
  const api = useContext(AdminContext);
  if (api === null) throw new Error('useAdminApi needs an AdminProvider above it');
  return api;
}
