import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../shared/protocol/index.ts';
import { formatDuration, useDial } from '../calling/index.ts';
import { Avatar, IconButton, ListRow } from '../ui/index.ts';
import { describeOutcome } from './describeOutcome.ts';
import { OutcomeIcon } from './OutcomeIcon.tsx';
import { isUnsuccessful, talkSeconds } from './talkSeconds.ts';
import { useParty } from './useParty.ts';

export interface CallRecordRowProps {
  readonly entry: HistoryEntry;
  /** Opens the details; without it the row dials. */
  readonly onOpen?: () => void;
  /** Says the day of calls that are not of today, where no heading does. */
  readonly withDay?: boolean;
}

/** One past call: with whom, how it ended, when and how long. */
export function CallRecordRow({ entry, onOpen, withDay = false }: CallRecordRowProps) {
  const { t, i18n } = useTranslation();
  const dial = useDial();
  const { name, title: party, hasNumber } = useParty(entry);
  const outcome = describeOutcome(entry, t);
  const seconds = talkSeconds(entry);
  const time = new Date(entry.requestedAtMs).toLocaleTimeString(i18n.language, { timeStyle: 'short' });
  const day = new Date(entry.requestedAtMs).toLocaleDateString(i18n.language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  // A withheld number can't be dialled back.
  const redial = () => void (hasNumber && dial({ destination: entry.number, name: name ?? undefined }));
  const dialLabel = t('history.dial', { name: party });
  return (
    <ListRow
      leading={<Avatar name={name} />}
      title={party}
      tone={isUnsuccessful(entry) ? 'danger' : 'plain'}
      subtitle={
        <>
          <OutcomeIcon entry={entry} />
          {outcome}
          {seconds !== null && ` · ${formatDuration(seconds)}`}
        </>
      }
      meta={withDay && !isToday(entry.requestedAtMs) ? day : time}
      label={onOpen ? t('history.details', { name: party, outcome, time }) : dialLabel}
      onPress={onOpen ?? redial}
      {...(onOpen &&
        hasNumber && {
          actions: <IconButton variant="call" label={dialLabel} icon={<Phone aria-hidden />} onPress={redial} />,
        })}
    />
  );
}

function isToday(ms: number): boolean {
  return new Date(ms).toDateString() === new Date().toDateString();
}
