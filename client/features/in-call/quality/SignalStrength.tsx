import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type ClientCall, useCallQuality } from '../../../calling/index.ts';
import { Dialog } from '../../../ui/index.ts';
import { QualityDetails } from './QualityDetails.tsx';
import './SignalStrength.css';

const bars = [1, 2, 3, 4] as const;
const strengths = ['0', '1', '2', '3', '4'] as const;

/** How good the audio is: bars and a word; pressed, the figures. Nothing while nothing is known. */
export function SignalStrength({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const view = useCallQuality(call);
  if (view === null || view.quality === null || call.phase !== 'established') return null;
  const { strength } = view.quality;
  const word = t(`quality.strengths.${strengths[strength] ?? '0'}`);
  return (
    <>
      <Button
        className="signal"
        aria-label={t('quality.button', { strength: word })}
        aria-haspopup="dialog"
        onPress={() => setIsOpen(true)}
      >
        <svg className="signal-bars" viewBox="0 0 20 16" aria-hidden>
          {bars.map((bar) => (
            <rect
              key={bar}
              className={bar <= strength ? 'signal-bar-on' : 'signal-bar-off'}
              x={(bar - 1) * 5 + 0.5}
              y={16 - bar * 4 + 0.5}
              width={3.5}
              height={bar * 4 - 1}
              rx={1}
            />
          ))}
        </svg>
        <span aria-hidden>{word}</span>
      </Button>
      <Dialog
        title={t('quality.title')}
        closeLabel={t('common.close')}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
      >
        <QualityDetails quality={view.quality} measured={view.measured} />
      </Dialog>
    </>
  );
}
