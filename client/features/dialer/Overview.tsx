import { PhoneOutgoing, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { BrandLinks, useBrand } from '../../branding/index.ts';
import { useDial } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { CallRecordRow, useCallHistoryState, useContactBookState } from '../../records/index.ts';
import { useGrant } from '../../session/index.ts';
import { Avatar, Button, EmptyState, List, PageHeader, Spinner } from '../../ui/index.ts';
import './Overview.css';

const mostPeople = 6;
const mostRecent = 5;

/** Beside the dial pad on wide screens: the people and calls that are likely wanted next. */
export function Overview() {
  const { t } = useTranslation();
  const { user } = useGrant();
  const { features } = useBrand();
  const name = user.displayName.split(/\s+/)[0] ?? '';
  return (
    <div className="page">
      <PageHeader title={t(`overview.${dayPart(new Date())}`, { name })} subtitle={t('overview.subtitle')} />
      {features.contacts && <People />}
      {features.history && <Recent />}
      {!features.settings && <BrandLinks />}
    </div>
  );
}

function People() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const dial = useDial();
  const { defaultCountry } = useBrand();
  const book = useContactBookState();
  const people = book.kind === 'ready' ? book.value.slice(0, mostPeople) : [];
  return (
    <section className="overview-section">
      <div className="overview-heading">
        <h2>{t('overview.people')}</h2>
        {people.length > 0 && (
          <Button variant="quiet" onPress={() => navigate('/contacts')}>
            {t('common.seeAll')}
          </Button>
        )}
      </div>
      {book.kind === 'loading' && <Spinner label={t('common.loading')} />}
      {book.kind === 'ready' && people.length === 0 && (
        <EmptyState
          icon={<UserPlus />}
          title={t('overview.noPeopleTitle')}
          action={<Button onPress={() => navigate('/contacts?new=')}>{t('overview.newContact')}</Button>}
        >
          {t('overview.noPeopleText')}
        </EmptyState>
      )}
      <ul className="people" aria-label={t('overview.people')}>
        {people.map((contact) => {
          const number = contact.numbers[0]?.number ?? '';
          return (
            <li key={contact.id}>
              <button
                type="button"
                className="person"
                aria-label={t('dialer.dial', { name: contact.name })}
                onClick={() => dial({ destination: number, name: contact.name })}
              >
                <Avatar name={contact.name} />
                <span className="person-text">
                  <span className="person-name">{contact.name}</span>
                  <span className="person-number">{formatNumber(number, defaultCountry)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Recent() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const history = useCallHistoryState();
  const entries = history.kind === 'ready' ? history.value.entries.slice(0, mostRecent) : [];
  return (
    <section className="overview-section">
      <div className="overview-heading">
        <h2>{t('overview.recent')}</h2>
        {entries.length > 0 && (
          <Button variant="quiet" onPress={() => navigate('/history')}>
            {t('common.seeAll')}
          </Button>
        )}
      </div>
      {history.kind === 'ready' && entries.length === 0 && (
        <EmptyState icon={<PhoneOutgoing />} title={t('overview.noRecentTitle')}>
          {t('overview.noRecentText')}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <List label={t('overview.recent')}>
          {entries.map((entry) => (
            <CallRecordRow key={entry.callId} entry={entry} withDay />
          ))}
        </List>
      )}
    </section>
  );
}

function dayPart(now: Date): 'morning' | 'day' | 'evening' {
  const hour = now.getHours();
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'day' : 'evening';
}
