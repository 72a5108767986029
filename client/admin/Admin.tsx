import { Navigate, Route, Routes } from 'react-router';
import { AdminShell } from './AdminShell.tsx';
import { useAccess } from './access.ts';
import { AdminProvider } from './api/index.ts';
import { sections } from './sections.ts';

/** The operator's pages, below `/admin`. Only for who has one of `adminRoles`. */
export function Admin() {
  const { role, isOfOneBrand } = useAccess();
  const mine = sections.filter(({ roles, isOfNoBrand }) => roles.includes(role) && !(isOfNoBrand && isOfOneBrand));
  const first = mine[0]?.path ?? '/';
  return (
    <AdminProvider>
      <Routes>
        <Route element={<AdminShell sections={mine} />}>
          {mine.map(({ path, Page }) => (
            <Route key={path} path={`${path}/*`} element={<Page />} />
          ))}
          <Route path="*" element={<Navigate to={`/admin/${first}`} replace />} />
        </Route>
      </Routes>
    </AdminProvider>
  );
}
