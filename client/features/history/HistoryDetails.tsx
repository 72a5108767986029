import { Phone, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HistoryDetail, HistoryEntry } from '../../../shared/protocol/index.ts';
import { useBrand } from '../../branding/index.ts';
import { formatDuration, useDial } from '../../calling/index.ts';
import { describeOutcome, talkSeconds, useParty } from '../../records/index.ts';
import { describeFailure } from '../../session/index.ts';
import { Button, Dialog, Notice, Spinner } from '../../ui/index.ts';
import { eventName } from './eventName.ts';
import './HistoryDetails.css';
import { useHistoryDetail } from './useHistoryDetail.ts';

/** One call in full, with what happened in it step by step. */
export function HistoryDetails({ entry, onClose }: { entry: HistoryEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const { features } = useBrand();
  const navigate = useNavigate();
  const dial = useDial();
  const detail = useHistoryDetail(entry.callId);
  const { name, number, title, hasNumber, isContact } = useParty(entry);
  return (
    <Dialog
      title={title}
      closeLabel={t('common.close')}
      isOpen
      onClose={onClose}
      actions={
        <>
          {features.contacts && hasNumber && !isContact && (
            <Button
              icon={<UserPlus aria-hidden />}
              onPress={() => navigate(`/contacts?new=${encodeURIComponent(entry.number)}`)}
            >
              {t('history.saveNumber')}
            </Button>
          )}
          {hasNumber && (
            <Button
              variant="call"
              icon={<Phone aria-hidden />}
              onPress={() => {
                if (dial({ destination: entry.number, name: name ?? undefined })) onClose();
              }}
            >
              {t(entry.direction === 'incoming' ? 'inCall.dialBack' : 'inCall.again')}
            </Button>
          )}
        </>
      }
    >
      <Facts entry={entry} number={number} detail={detail.kind === 'ready' ? detail.value : null} />
      {detail.kind === 'loading' && <Spinner label={t('common.loading')} />}
      {detail.kind === 'failed' && <Notice tone="danger">{describeFailure(detail.error, t)}</Notice>}
      {detail.kind === 'ready' && <Timeline detail={detail.value} />}
    </Dialog>
  );
}

interface FactsProps {
  readonly entry: HistoryEntry;
  readonly number: string;
  readonly detail: HistoryDetail | null;
}

function Facts({ entry, number, detail }: FactsProps) {
  const { t, i18n } = useTranslation();
  const seconds = talkSeconds(entry);
  const started = new Date(entry.requestedAtMs);
  const facts: [string, string | null][] = [
    [t('history.number'), number],
    [t('history.direction'), t(`history.${entry.direction}`)],
    [t('history.result'), describeOutcome(entry, t)],
    [t('history.started'), started.toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })],
    [t('history.talked'), seconds === null ? null : formatDuration(seconds)],
    [t('history.audio'), detail?.mediaWay === 'direct' ? `${entry.codec} · ${t('inCall.direct')}` : entry.codec],
    [t('history.gateway'), entry.gatewayId],
    [t('history.sip'), detail?.sipStatus == null ? null : String(detail.sipStatus)],
  ];
  return (
    <dl className="call-facts">
      {facts.map(
        ([term, value]) =>
          value !== null && (
            <div key={term}>
              <dt>{term}</dt>
              <dd className="numerals">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Timeline({ detail }: { detail: HistoryDetail }) {
  const { t } = useTranslation();
  const startMs = detail.events[0]?.atMs ?? 0;
  if (detail.events.length === 0) return null;
  return (
    <section>
      <h3 className="timeline-title">{t('history.timeline')}</h3>
      <ol className="timeline">
        {detail.events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and their order never changes.
          <li key={index} className="timeline-event">
            <span>{eventName(event.type)}</span>
            <span className="timeline-time numerals">{`+${((event.atMs - startMs) / 1000).toFixed(2)} s`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
