import { User } from 'lucide-react';
import { initialsOf, tintOf } from './avatarTint.ts';
import './Avatar.css';

export interface AvatarProps {
  /** Null for somebody unknown. */
  readonly name: string | null;
  readonly size?: 'm' | 'l' | 'xl';
}

/** Initials on a tint that stays with the name. Decoration: the name stands beside it. */
export function Avatar({ name, size = 'm' }: AvatarProps) {
  return (
    <span className={`avatar avatar-${size}`} data-tint={name === null ? 'none' : tintOf(name)} aria-hidden>
      {name === null ? <User /> : initialsOf(name)}
    </span>
  );
}
