import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './Button.css';
import { classNames } from './classNames.ts';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** `primary` once per view; `call` only places calls; `danger` only ends or removes something. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'call' | 'danger';
  readonly size?: 'm' | 'l';
  readonly icon?: ReactNode;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

export function Button({ variant = 'secondary', size = 'm', icon, isWide = false, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classNames('button', `button-${variant}`, `button-${size}`, isWide && 'button-wide')}
    >
      {icon}
      <span className="button-label">{children}</span>
    </AriaButton>
  );
}
