import { type ReactNode, useId } from 'react';
import './NavBar.css';

export interface NavItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon: ReactNode;
  /** Something waits there: how much, and the same in words. */
  readonly badge?: { readonly text: string; readonly label: string };
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
  const barId = useId();
  return (
    <nav className="nav-bar" aria-label={label}>
      {head !== undefined && <div className="nav-bar-head">{head}</div>}
      <div className="nav-bar-items">
        {items.map(({ id, label: name, icon, badge }) => (
          <button
            key={id}
            type="button"
            className="nav-item"
            aria-describedby={badge === undefined ? undefined : `${barId}-${id}`}
            aria-current={id === current ? 'page' : undefined}
            onClick={() => onChoose(id)}
          >
            <span className="nav-item-icon" aria-hidden>
              {icon}
              {badge !== undefined && <span className="nav-item-badge numerals">{badge.text}</span>}
            </span>
            {name}
            {badge !== undefined && (
              <span id={`${barId}-${id}`} hidden>
                {badge.label}
              </span>
            )}
          </button>
        ))}
      </div>
      {foot !== undefined && <div className="nav-bar-foot">{foot}</div>}
    </nav>
  );
}
