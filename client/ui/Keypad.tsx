import { useRef } from 'react';
import { Button } from 'react-aria-components';
import { classNames } from './classNames.ts';
import './Keypad.css';

export interface KeypadProps {
  readonly label: string;
  readonly onKey: (key: string) => void;
  /** Called when the zero has been held: it means a plus. Absent where a plus has no meaning. */
  readonly onHoldZero?: () => void;
  readonly surface?: 'paper' | 'stage';
}

/** ITU-T E.161: the letters on the keys of a telephone. */
const keys = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

const holdMs = 500;

/** The twelve keys of a telephone; each is named by its digit alone. */
export function Keypad({ label, onKey, onHoldZero, surface = 'paper' }: KeypadProps) {
  const holding = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopHolding = () => clearTimeout(holding.current);
  const press = (key: string) => {
    onKey(key);
    if (key === '0' && onHoldZero) holding.current = setTimeout(onHoldZero, holdMs);
  };
  return (
    <fieldset className={classNames('keypad', `keypad-${surface}`)} aria-label={label}>
      {keys.map(([key, letters]) => (
        <Button
          key={key}
          aria-label={key}
          className="keypad-key"
          onPressStart={() => press(key)}
          onPressEnd={stopHolding}
          preventFocusOnPress
        >
          <span className={classNames('keypad-digit', key === '*' && 'keypad-star')} aria-hidden>
            {key}
          </span>
          <span className="keypad-letters" aria-hidden>
            {key === '0' && !onHoldZero ? '' : letters}
          </span>
        </Button>
      ))}
    </fieldset>
  );
}
