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

/** Writes the figures of calls and gateways as the person's language does; what is not known as a dash. */
export function useFigures(): Figures {
  const { i18n } = useTranslation();
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(i18n.language, options);
  const none = '–';
  const unit = (name: string, digits: number) =>
    number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  return {
    rate: (rate) => (rate === null ? none : number({ style: 'percent', maximumFractionDigits: 0 }).format(rate)),
    delay: (ms) => {
      if (ms === null) return none;
      return ms < 1000 ? unit('millisecond', 0).format(ms) : unit('second', 1).format(ms / 1000);
    },
    score: (mos) => (mos === null ? none : number({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(mos)),
    count: (amount) => number({}).format(amount),
    amount: (amount) => number({ minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount),
  };
}
