import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Card, classNames } from '../../../ui/index.ts';
import { type CallStep, describeStep } from '../words/describeStep.ts';
import { useCallWords } from '../words/useCallWords.ts';

export interface CallTimelineProps {
  readonly events: readonly CallStep[];
  readonly startMs: number;
}

/** What happened in a call, step by step, to the millisecond. */
export function CallTimeline({ events, startMs }: CallTimelineProps) {
  const { t } = useTranslation();
  return (
    <Card title={t('admin.calls.timeline')}>
      <p className="call-muted">{t('admin.calls.timelineHint')}</p>
      <ol className="call-steps">
        {events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and are only ever added at the end.
          <Step key={index} event={event} startMs={startMs} />
        ))}
      </ol>
    </Card>
  );
}

function Step({ event, startMs }: { readonly event: CallStep; readonly startMs: number }) {
  const { t, i18n } = useTranslation();
  const { exactTime } = useCallWords();
  const { text, tone } = describeStep(event, t);
  const seconds = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const details = Object.entries(event.detail);
  const line = (
    <>
      <span className="call-step-times numerals">
        <span className="call-step-since">+{seconds.format((event.atMs - startMs) / 1000)}</span>{' '}
        <span className="call-step-clock">{exactTime(event.atMs)}</span>
      </span>
      <span className="call-step-text">{text}</span>
    </>
  );
  return (
    <li className={classNames('call-step', `call-step-${tone}`)}>
      {details.length === 0 && <p className="call-step-line">{line}</p>}
      {details.length > 0 && (
        <Disclosure>
          <AriaButton slot="trigger" className="call-step-line call-step-button">
            {line}
          </AriaButton>
          <DisclosurePanel>
            <dl className="call-step-details" aria-label={t('admin.calls.details')}>
              {details.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
          </DisclosurePanel>
        </Disclosure>
      )}
    </li>
  );
}
