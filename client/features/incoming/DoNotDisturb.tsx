import { Bell, BellOff } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useAvailability, useConnection } from '../../calling/index.ts';
import './DoNotDisturb.css';

/** The quick switch: whether the person's devices ring. */
export function DoNotDisturb() {
  const { t } = useTranslation();
  const { isDoNotDisturb, change } = useAvailability();
  const { state } = useConnection();
  return (
    <ToggleButton
      className="do-not-disturb"
      aria-label={t('availability.doNotDisturb')}
      isSelected={isDoNotDisturb}
      // Before the first hello nobody knows how it is.
      isDisabled={state.kind === 'connecting'}
      onChange={(isOn) => change({ isDoNotDisturb: isOn })}
    >
      {isDoNotDisturb ? <BellOff aria-hidden /> : <Bell aria-hidden />}
    </ToggleButton>
  );
}
