/** An amount of money to a millionth, as the language writes numbers. */
export function formatAmount(amount: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(amount);
}
