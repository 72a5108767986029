import type { TFunction } from 'i18next';
import { Clock3, Grip, Settings2, ShieldCheck, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import type { CallId } from '../../shared/domain/index.ts';
import { BrandMark, useBrand } from '../branding/index.ts';
import { type ClientCall, describeStatus, type Phone, useCall, useIncoming } from '../calling/index.ts';
import { Dialer } from '../features/dialer/index.ts';
import { CallBar, EndedCall, InCall } from '../features/in-call/index.ts';
import { CallWaiting, Incoming, MissedCalls, NotificationOffer } from '../features/incoming/index.ts';
import { AbandonedCalls, CallsElsewhere, MoveCall, PushedCall } from '../features/moving/index.ts';
import { useCallHistory, useCallHistoryState } from '../records/index.ts';
import { isAdminRole, useGrant } from '../session/index.ts';
import { drop } from '../state/index.ts';
import { classNames, LiveRegion, NavBar, type NavItem, narrowQuery, useMediaQuery } from '../ui/index.ts';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { LineHeader } from './LineHeader.tsx';
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

/** As many as the bridge counts. */
const mostMissed = 99;

/** What is always there: the way between pages, the telephone, the state of the call. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { active, others, ended, phone } = useCall();
  const { ringing, missed } = useIncoming();
  const { user } = useGrant();
  const [movedId, setMovedId] = useState<CallId | null>(null);
  const isNarrow = useMediaQuery(narrowQuery);
  // Where there is little room, how the last call ended takes the place of the header.
  const isTight = useMediaQuery(`${narrowQuery}, (max-height: 799px)`);
  usePageSigns();
  useDismissedOnLeave(pathname, phone);
  const missedCount = useMissedCalls(pathname);

  const isAdmin = `${pathname}/`.startsWith('/admin/');
  const current = isAdmin ? 'admin' : pageAt(pathname);
  const { features } = useBrand();
  const items: NavItem<PageId>[] = [
    { id: 'home', label: t('nav.home'), icon: <Grip /> },
    ...(features.contacts ? [{ id: 'contacts' as const, label: t('nav.contacts'), icon: <Users /> }] : []),
    ...(features.history
      ? [{ id: 'history' as const, label: t('nav.history'), icon: <Clock3 />, ...badgeOf(missedCount, t) }]
      : []),
    ...(features.settings ? [{ id: 'settings' as const, label: t('nav.settings'), icon: <Settings2 /> }] : []),
    ...(isAdminRole(user.role) ? [{ id: 'admin' as const, label: t('nav.admin'), icon: <ShieldCheck /> }] : []),
  ];
  const isHome = current === 'home';
  // On a narrow screen the call covers everything, so nothing behind it may be reached.
  const aside = useCallAside(active);
  const isAtCall = active !== null && !aside.isAside;
  const isCovered = isNarrow && isAtCall;
  const call = active ?? ended;
  // Tables need the room; whoever telephones gets the telephone beside them.
  const isDesk = isAdmin && call === null && missed.length === 0;

  return (
    <div className={classNames('shell', isHome && 'shell-home', isAtCall && 'shell-in-call', isDesk && 'shell-desk')}>
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
        {active !== null && <CallWaiting />}
        {isAtCall && <PushedCall />}
        {active !== null && aside.isAside && <CallBar call={active} onBack={aside.comeBack} />}
        {active !== null && isAtCall && (
          <InCall
            key={active.callId}
            call={active}
            others={others}
            onAddCall={() => {
              aside.putAside();
              // On a narrow screen the dial pad is on no other page.
              if (isNarrow) navigate(paths.home);
            }}
            // A visitor has no other devices: nobody else is the same visitor.
            onMove={user.role === 'visitor' ? undefined : () => setMovedId(active.callId)}
          />
        )}
        {active === null && (!isNarrow || isHome) && !(isTight && ended !== null) && <LineHeader />}
        {active === null && ended !== null && <EndedCall key={ended.callId} call={ended} />}
        {active === null && <AbandonedCalls />}
        {!isAtCall && <PushedCall />}
        {!isAtCall && (!isNarrow || isHome) && <CallsElsewhere />}
        {active === null && <MissedCalls />}
        <div className="shell-dialer" hidden={isAtCall}>
          <Dialer isKeyboardOurs={!isAtCall && ringing.length === 0 && !isAdmin && (!isNarrow || isHome)} />
        </div>
      </section>
      <main className="shell-page" inert={isCovered}>
        {active === null && <ConnectionNotice />}
        {active === null && isHome && !isNarrow && <NotificationOffer />}
        <Outlet />
      </main>
      <Incoming />
      {active?.phase === 'established' && active.callId === movedId && (
        <MoveCall call={active} onClose={() => setMovedId(null)} />
      )}
      <LiveRegion label={t('status.label')} text={call === null ? '' : describeStatus(call, t)} />
    </div>
  );
}

function pageAt(pathname: string): PageId | null {
  if (pathname === '/enter') return 'home';
  return (Object.keys(paths) as PageId[]).find((id) => paths[id] === pathname) ?? null;
}

/** The call that goes on while the person looks for whom to dial besides. Another call in front is at once in sight. */
function useCallAside(active: ClientCall | null) {
  const [asideId, setAsideId] = useState<string | null>(null);
  const isAnother = asideId !== null && asideId !== active?.callId;
  useEffect(() => {
    // For good: when that call comes back in front, the person is there for it.
    if (isAnother) setAsideId(null);
  }, [isAnother]);
  return {
    isAside: active !== null && active.callId === asideId,
    putAside: () => setAsideId(active?.callId ?? null),
    comeBack: () => setAsideId(null),
  };
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

/**
 * How many calls were missed and not seen on any device. Who has opened the history has seen them; what was seen on another device is
 * told here no longer, either.
 */
function useMissedCalls(pathname: string): number {
  const { missed: missedHere, dismissMissed } = useIncoming();
  const { features } = useBrand();
  const history = useCallHistory();
  const state = useCallHistoryState();
  const list = state.kind === 'ready' ? state.value : null;
  const isOpen = pathname === paths.history;
  const newest = list?.entries[0]?.callId;
  const isUnseen = isOpen && list !== null && list.missed.count > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failure is not tried again before there is something new to see.
  useEffect(() => {
    if (isUnseen) drop(history.markSeen(), 'telling that missed calls were seen');
  }, [isUnseen, newest]);
  useEffect(() => {
    if (isOpen && missedHere.length > 0) dismissMissed();
  });
  const seenElsewhere = missedHere.find(({ callId }) => {
    const endedAtMs = list?.entries.find((entry) => entry.callId === callId)?.endedAtMs ?? null;
    return endedAtMs !== null && list !== null && endedAtMs <= list.missed.seenUntilMs;
  });
  useEffect(() => {
    if (seenElsewhere !== undefined) dismissMissed(seenElsewhere.callId);
  });
  return features.history ? (list?.missed.count ?? 0) : 0;
}

function badgeOf(count: number, t: TFunction): Pick<NavItem<PageId>, 'badge'> {
  if (count === 0) return {};
  return {
    badge: { text: count >= mostMissed ? `${mostMissed}+` : String(count), label: t('missed.title', { count }) },
  };
}
