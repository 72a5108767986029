import { useTranslation } from 'react-i18next';
import type { LiveFigures } from '../../../../shared/admin/index.ts';
import { useFigures } from '../../words/index.ts';

type Row = Omit<LiveFigures['brands'][number], 'brandId'> & { readonly name: string };

/** Calls now and how the last hour went, a row for each gateway or brand. */
export function GroupTable({ label, rows }: { readonly label: string; readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const { count, rate, delay, score } = useFigures();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is reached by keyboard for that.
    <section className="live-table" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">{t('admin.live.callsNow')}</th>
            <th scope="col">{t('admin.live.requested')}</th>
            <th scope="col">{t('admin.live.answerRate')}</th>
            <th scope="col">{t('admin.live.delay')}</th>
            <th scope="col">{t('admin.live.mos')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{count(row.now)}</td>
              <td>{count(Math.max(row.requested, row.ended))}</td>
              <td>{rate(row.answerRate)}</td>
              <td>{delay(row.postDialDelayMs)}</td>
              <td>{score(row.mos)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
