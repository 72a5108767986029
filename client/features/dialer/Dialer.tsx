import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../phone-numbers/index.ts';
import { Avatar, Button, Keypad } from '../../ui/index.ts';
import './Dialer.css';
import { NumberField } from './NumberField.tsx';
import { useDialPad } from './useDialPad.ts';

/** Number, keys, Call. `isKeyboardOurs`: what is typed anywhere on the page belongs to it. */
export function Dialer({ isKeyboardOurs }: { isKeyboardOurs: boolean }) {
  const { t } = useTranslation();
  const view = useDialPad(isKeyboardOurs);
  return (
    <section className="dialer" aria-label={t('dialer.heading')}>
      <div className="dialer-matches">
        {view.matches.length > 0 && (
          <ul aria-label={t('dialer.suggestions')}>
            {view.matches.map((match) => (
              <li key={`${match.contact.id}${match.number}`}>
                <button
                  type="button"
                  className="dialer-match"
                  aria-label={t('dialer.dialNumber', {
                    name: match.contact.name,
                    number: formatNumber(match.number, view.country),
                  })}
                  onClick={() => view.dialMatch(match)}
                >
                  <Avatar name={match.contact.name} />
                  <span className="dialer-match-text">
                    <span className="dialer-match-name">{match.contact.name}</span>
                    <span className="dialer-match-number">{formatNumber(match.number, view.country)}</span>
                  </span>
                  <Phone aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <NumberField
        typed={view.typed}
        country={view.country}
        onEdit={view.edit}
        onEnter={view.call}
        onBackspace={view.backspace}
        onClear={view.clear}
        onPaste={view.paste}
      />
      <Keypad label={t('dialer.keys')} onKey={view.pressKey} onHoldZero={view.holdZero} />
      <div className="dialer-call">
        <Button variant="call" size="l" isWide icon={<Phone aria-hidden />} onPress={view.call}>
          {t('dialer.call')}
        </Button>
        {view.isFirstCall && (
          <Button variant="quiet" isWide onPress={view.openCheck}>
            {t('check.open')}
          </Button>
        )}
      </div>
    </section>
  );
}
