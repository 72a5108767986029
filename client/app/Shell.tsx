import { Clock3, Grip, LogOut, Settings2, ShieldCheck, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { BrandMark, useBrand } from '../branding/index.ts';
import { describeStatus, type Phone, useCall, useConnection, useSignOut } from '../calling/index.ts';
import { Dialer } from '../features/dialer/index.ts';
import { EndedCall, InCall } from '../features/in-call/index.ts';
import { describeFailure, isAdminRole, useGrant } from '../session/index.ts';
import {
  Avatar,
  Button,
  classNames,
  IconButton,
  LiveRegion,
  NavBar,
  type NavItem,
  Notice,
  narrowQuery,
  useMediaQuery,
} from '../ui/index.ts';
import './Shell.css';
import { usePageSigns } from './usePageSigns.ts';

type PageId = 'home' | 'contacts' | 'history' | 'settings' | 'admin';

const paths: Readonly<Record<PageId, string>> = {
  home: '/',
  contacts: '/contacts',
  history: '/history',
  settings: '/settings',
  admin: '/admin',
};

/** What is always there: the way between pages, the telephone, the state of the call. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { active, ended, phone } = useCall();
  const { user } = useGrant();
  const isNarrow = useMediaQuery(narrowQuery);
  // Where there is little room, how the last call ended takes the place of the header.
  const isTight = useMediaQuery(`${narrowQuery}, (max-height: 799px)`);
  usePageSigns();
  useDismissedOnLeave(pathname, phone);

  const isAdmin = `${pathname}/`.startsWith('/admin/');
  const current = isAdmin ? 'admin' : pageAt(pathname);
  const { features } = useBrand();
  const items: NavItem<PageId>[] = [
    { id: 'home', label: t('nav.home'), icon: <Grip /> },
    ...(features.contacts ? [{ id: 'contacts' as const, label: t('nav.contacts'), icon: <Users /> }] : []),
    ...(features.history ? [{ id: 'history' as const, label: t('nav.history'), icon: <Clock3 /> }] : []),
    ...(features.settings ? [{ id: 'settings' as const, label: t('nav.settings'), icon: <Settings2 /> }] : []),
    ...(isAdminRole(user.role) ? [{ id: 'admin' as const, label: t('nav.admin'), icon: <ShieldCheck /> }] : []),
  ];
  const isHome = current === 'home';
  // On a narrow screen the call covers everything, so nothing behind it may be reached.
  const isCovered = isNarrow && active !== null;
  const call = active ?? ended;
  // Tables need the room; whoever telephones gets the telephone beside them.
  const isDesk = isAdmin && call === null;

  return (
    <div
      className={classNames(
        'shell',
        isHome && 'shell-home',
        active !== null && 'shell-in-call',
        isDesk && 'shell-desk',
      )}
    >
      <div className="shell-nav" inert={isCovered}>
        <NavBar
          label={t('nav.label')}
          items={items}
          current={current}
          onChoose={(id) => void navigate(paths[id])}
          head={<BrandMark />}
        />
      </div>
      <section className="shell-phone" aria-label={t('nav.telephone')}>
        {isNarrow && isHome && <h1 className="hidden-text">{t('nav.home')}</h1>}
        {active !== null && <InCall key={active.callId} call={active} />}
        {active === null && (!isNarrow || isHome) && !(isTight && ended !== null) && <LineHeader />}
        {active === null && ended !== null && <EndedCall key={ended.callId} call={ended} />}
        <div className="shell-dialer" hidden={active !== null}>
          <Dialer isKeyboardOurs={active === null && !isAdmin && (!isNarrow || isHome)} />
        </div>
      </section>
      <main className="shell-page" inert={isCovered}>
        {active === null && <ConnectionNotice />}
        <Outlet />
      </main>
      <LiveRegion label={t('status.label')} text={call === null ? '' : describeStatus(call, t)} />
    </div>
  );
}

function pageAt(pathname: string): PageId | null {
  if (pathname === '/enter') return 'home';
  return (Object.keys(paths) as PageId[]).find((id) => paths[id] === pathname) ?? null;
}

/** Whose telephone this is, and whether it can be used. */
function LineHeader() {
  const { t } = useTranslation();
  const { user } = useGrant();
  const { state, isTrouble } = useConnection();
  const { features } = useBrand();
  const signOut = useSignOut();
  const isOnline = state.kind === 'ready' || (!isTrouble && state.kind !== 'refused');
  return (
    <div className="line-header">
      <Avatar name={user.displayName} />
      <div className="line-header-text">
        <span className="line-header-name">{user.displayName}</span>
        <span className={classNames('connection-dot', isOnline && 'connection-dot-online')}>
          {isOnline ? t('connection.ready') : t('connection.notReady')}
        </span>
      </div>
      {!features.settings && (
        <IconButton label={t('settings.signOut')} icon={<LogOut aria-hidden />} onPress={signOut} />
      )}
    </div>
  );
}

/** Says that the bridge is away, or that this page is of no more use. */
function ConnectionNotice() {
  const { t } = useTranslation();
  const { state, isTrouble } = useConnection();
  if (state.kind === 'refused') {
    return (
      <div className="shell-notice">
        <Notice
          tone="danger"
          title={t('connection.refusedTitle')}
          isUrgent
          action={<Button onPress={() => location.reload()}>{t('common.reload')}</Button>}
        >
          {describeFailure(state.error, t)}
        </Notice>
      </div>
    );
  }
  if (!isTrouble) return null;
  return (
    <div className="shell-notice">
      <Notice tone="warning" title={t('connection.reconnecting')}>
        {t('connection.reconnectingHint')}
      </Notice>
    </div>
  );
}

/** Who goes to another page has seen how the last call ended. */
function useDismissedOnLeave(pathname: string, phone: Phone): void {
  const [place, setPlace] = useState(pathname);
  useEffect(() => {
    if (place === pathname) return;
    setPlace(pathname);
    phone.dismiss();
  }, [place, pathname, phone]);
}
