import type { ReactNode } from 'react';
import './NavBar.css';

export interface NavItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon: ReactNode;
}

export interface NavBarProps<Id extends string> {
  readonly label: string;
  readonly items: readonly NavItem<Id>[];
  readonly current: Id | null;
  readonly onChoose: (id: Id) => void;
  /** Above the items where the bar is upright. */
  readonly head?: ReactNode;
  /** Below the items where the bar is upright. */
  readonly foot?: ReactNode;
}

/** The way between pages: upright at the side on wide screens, along the bottom on narrow ones. */
export function NavBar<Id extends string>({ label, items, current, onChoose, head, foot }: NavBarProps<Id>) {
  return (
    <nav className="nav-bar" aria-label={label}>
      {head !== undefined && <div className="nav-bar-head">{head}</div>}
      <div className="nav-bar-items">
        {items.map(({ id, label: name, icon }) => (
          <button
            key={id}
            type="button"
            className="nav-item"
            aria-current={id === current ? 'page' : undefined}
            onClick={() => onChoose(id)}
          >
            <span className="nav-item-icon" aria-hidden>
              {icon}
            </span>
            {name}
          </button>
        ))}
      </div>
      {foot !== undefined && <div className="nav-bar-foot">{foot}</div>}
    </nav>
  );
}
