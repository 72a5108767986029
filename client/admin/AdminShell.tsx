import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { narrowQuery, useMediaQuery } from '../ui/index.ts';
import type { AdminSection, SectionGroup } from './AdminSection.ts';
import './AdminShell.css';

const groups: readonly SectionGroup[] = ['people', 'calls', 'network', 'brands', 'doors', 'record'];

/** The way between the operator's pages: a column at the side, on narrow screens a menu. */
export function AdminShell({ sections }: { sections: readonly AdminSection[] }) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery(narrowQuery);
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={t('admin.nav')}>
        {isNarrow ? <SectionMenu sections={sections} /> : <SectionColumn sections={sections} />}
      </nav>
      <div className="admin-page">
        <Outlet />
      </div>
    </div>
  );
}

function SectionColumn({ sections }: { sections: readonly AdminSection[] }) {
  const { t } = useTranslation();
  return groups.map((group) => {
    const inside = sections.filter((section) => section.group === group);
    if (inside.length === 0) return null;
    return (
      <ul key={group} className="admin-nav-group" aria-label={t(`admin.groups.${group}`)}>
        {inside.map(({ path, icon, labelKey }) => (
          <li key={path}>
            <NavLink to={`/admin/${path}`} className="admin-nav-link">
              <span className="admin-nav-icon" aria-hidden>
                {icon}
              </span>
              {t(labelKey)}
            </NavLink>
          </li>
        ))}
      </ul>
    );
  });
}

function SectionMenu({ sections }: { sections: readonly AdminSection[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const current = sections.find(({ path }) => `${pathname}/`.startsWith(`/admin/${path}/`));
  return (
    <MenuTrigger>
      <Button className="admin-menu-button" aria-label={t('admin.menu')}>
        <span className="admin-nav-icon" aria-hidden>
          {current?.icon}
        </span>
        <span className="admin-menu-name">{current ? t(current.labelKey) : t('admin.menu')}</span>
        <ChevronDown aria-hidden />
      </Button>
      <Popover className="admin-menu-popover" placement="bottom start">
        <Menu
          aria-label={t('admin.nav')}
          selectionMode="single"
          selectedKeys={current ? [current.path] : []}
          onAction={(path) => void navigate(`/admin/${path}`)}
        >
          {sections.map(({ path, icon, labelKey }) => (
            <MenuItem key={path} id={path} textValue={t(labelKey)} className="admin-menu-item">
              <span className="admin-nav-icon" aria-hidden>
                {icon}
              </span>
              {t(labelKey)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
