import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { type CallRecordDetail, callRecordDetailSchema } from '../../../../shared/admin/index.ts';
import { describeFailure } from '../../../session/index.ts';
import { Button, Card, Notice, Spinner } from '../../../ui/index.ts';
import { useAccess } from '../../access.ts';
import { useAdminApi, useLive } from '../../api/index.ts';
import { AdminPage, useWhen } from '../../frame/index.ts';
import { SipLadder } from '../../sip-ladder/index.ts';
import { useCallWords } from '../words/useCallWords.ts';
import { CallHead } from './CallHead.tsx';
import './CallPage.css';
import { CallQuality } from './CallQuality.tsx';
import { CallTimeline } from './CallTimeline.tsx';

/** A call that is up is read again and again; so is one that has just ended, whose last messages come late. */
const everyMs = 5000;

/** One call: what it was, what happened in it, what was said to the gateway, and how it sounded. */
export function CallPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const when = useWhen();
  const words = useCallWords();
  const { state } = useLocation();
  const live = useLive<CallRecordDetail>({
    key: id,
    read: () => api.ask({ method: 'GET', path: `/calls/${encodeURIComponent(id)}` }, callRecordDetailSchema),
    everyMs,
  });
  const { value, error } = live;
  return (
    <AdminPage
      title={value === null ? t('admin.calls.title') : `${words.caller(value.call)} → ${words.called(value.call)}`}
      {...(value !== null && { subtitle: t('admin.calls.callOf', { when: when(value.call.requestedAtMs) }) })}
      tools={
        <Link to={`/admin/calls${searchIn(state)}`} className="call-back">
          <ArrowLeft aria-hidden />
          {t('admin.calls.back')}
        </Link>
      }
    >
      {error !== null && (
        <Notice tone="danger" isUrgent action={<Button onPress={live.refresh}>{t('common.retry')}</Button>}>
          {describeFailure(error, t)}
        </Notice>
      )}
      {value === null && error === null && <Spinner label={t('common.loading')} />}
      {value !== null && <Parts detail={value} />}
    </AdminPage>
  );
}

function Parts({ detail }: { readonly detail: CallRecordDetail }) {
  const { t } = useTranslation();
  const { isOfOneBrand } = useAccess();
  const { call, events, trace } = detail;
  return (
    <div className="call-page">
      <CallHead detail={detail} />
      <CallTimeline events={events} startMs={call.requestedAtMs} />
      {!isOfOneBrand && (
        <Card title={t('admin.calls.sipTitle')}>
          <p className="call-muted">{t(trace.messages.length === 0 ? 'admin.calls.sipNone' : 'admin.calls.sipHint')}</p>
          {trace.omittedMessages > 0 && (
            <p className="call-muted">{t('admin.calls.sipOmitted', { messages: trace.omittedMessages })}</p>
          )}
          {trace.messages.length > 0 && (
            <SipLadder
              messages={trace.messages}
              fileName={`sip-${call.callId}.txt`}
              startMs={call.requestedAtMs}
              isTitled={false}
            />
          )}
        </Card>
      )}
      <CallQuality points={trace.quality} />
    </div>
  );
}

/** Where the list was when the call was opened from it. */
function searchIn(state: unknown): string {
  const isKnown = typeof state === 'object' && state !== null && 'search' in state && typeof state.search === 'string';
  return isKnown ? String(state.search) : '';
}
