import type { ReactNode } from 'react';
import { Button, ToggleButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../../preferences/index.ts';
import './Control.css';

export interface ControlProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** The key that does the same, as it is printed. */
  readonly shortcut: string;
  /** For what is on or off; absent: it does something once. */
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}

/** One of the round buttons of a call. */
export function Control({ label, icon, shortcut, isOn, isDisabled = false, onPress }: ControlProps) {
  const { t } = useTranslation();
  const { hasSingleKeys } = usePreferences().values;
  const shared = { className: 'control', 'aria-label': label, isDisabled };
  const face = <ControlFace label={label} icon={icon} />;
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {isOn === undefined ? (
        <Button {...shared} onPress={onPress}>
          {face}
        </Button>
      ) : (
        <ToggleButton {...shared} isSelected={isOn} onChange={onPress}>
          {face}
        </ToggleButton>
      )}
      <Tooltip className="tooltip" offset={6}>
        {hasSingleKeys ? t('inCall.withKey', { label, key: shortcut }) : label}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** What is seen of it: the name is the button's own. */
export function ControlFace({ label, icon }: Pick<ControlProps, 'label' | 'icon'>) {
  return (
    <>
      <span className="control-circle" aria-hidden>
        {icon}
      </span>
      <span className="control-label" aria-hidden>
        {label}
      </span>
    </>
  );
}
