import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Figures {
  /** 0 to 1 as a percentage. */
  readonly rate: (rate: number | null) => string;
  /** A short time, in milliseconds or seconds. */
  readonly delay: (ms: number | null) => string;
  /** A mean opinion score. */
  readonly score: (mos: number | null) => string;
  readonly count: (amount: number) => string;
  /** Money, in the currency of the rates. */
  readonly amount: (amount: number) => string;
}

/** Writes the figures of calls and gateways as the person's language does; what is not known as a dash. The same object until the language changes. */
export function useFigures(): Figures {
  const { i18n } = useTranslation();
  return useMemo(() => figuresIn(i18n.language), [i18n.language]);
}

const none = '–';

/** Charts write hundreds of figures at once, and making a format takes many times as long as using it: so each is made once. */
function figuresIn(language: string): Figures {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options);
    return (amount: number) => format.format(amount);
  };
  const unit = (name: string, digits: number) =>
    number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  const percent = number({ style: 'percent', maximumFractionDigits: 0 });
  const milliseconds = unit('millisecond', 0);
  const seconds = unit('second', 1);
  const toATenth = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    rate: (rate) => (rate === null ? none : percent(rate)),
    delay: (ms) => {
      if (ms === null) return none;
      return ms < 1000 ? milliseconds(ms) : seconds(ms / 1000);
    },
    score: (mos) => (mos === null ? none : toATenth(mos)),
    count: number({}),
    amount: number({ minimumFractionDigits: 2, maximumFractionDigits: 4 }),
  };
}
