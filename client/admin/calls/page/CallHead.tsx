import { useTranslation } from 'react-i18next';
import type { CallRecordDetail } from '../../../../shared/admin/index.ts';
import { Card } from '../../../ui/index.ts';
import { Badge, CopyButton } from '../../../ui/workbench/index.ts';
import { useOptions } from '../../api/index.ts';
import { useWhen } from '../../frame/index.ts';
import { useFigures } from '../../words/index.ts';
import { describeCauses } from '../words/describeCauses.ts';
import { ResultBadge } from '../words/ResultBadge.tsx';
import { useCallWords } from '../words/useCallWords.ts';

/** What a call was, and how and why it ended. */
export function CallHead({ detail }: { readonly detail: CallRecordDetail }) {
  const { t } = useTranslation();
  const { call } = detail;
  const facts = useFacts(detail);
  return (
    <Card title={t('admin.calls.facts')}>
      <p className="call-result">
        <ResultBadge call={call} />
        {call.isAnonymous && <Badge>{t('admin.calls.anonymous')}</Badge>}
      </p>
      <ul className="call-causes">
        {describeCauses({ ...call, isAnswered: call.answeredAtMs !== null }, t).map((cause) => (
          <li key={cause}>{cause}</li>
        ))}
      </ul>
      {call.isAnonymous && <p className="call-muted">{t('admin.calls.anonymousHint')}</p>}
      <dl className="call-record-facts">
        {facts.map(
          ([term, value]) =>
            value !== null && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="call-id">
        <span className="call-muted">
          {t('admin.calls.callId')}: <span className="numerals">{call.callId}</span>
        </span>
        <CopyButton text={call.callId} label={t('admin.calls.copyId')} copiedLabel={t('admin.calls.copiedId')} />
      </p>
    </Card>
  );
}

function useFacts({ call, participants }: CallRecordDetail): readonly (readonly [string, string | null])[] {
  const { t } = useTranslation();
  const when = useWhen();
  const words = useCallWords();
  const { delay } = useFigures();
  const gateways = useOptions('gateways');
  const brands = useOptions('brands');
  const orNone = (text: string | null, name: (text: string) => string) => (text === null ? null : name(text));
  const withName = (name: string | null, number: string | null) =>
    name === null || number === null ? (name ?? words.number(number)) : `${name}, ${words.number(number)}`;
  const outgoingName = call.direction === 'outgoing' ? call.userName : call.callingName;
  const calledName = call.direction === 'outgoing' ? call.calledName : call.userName;
  return [
    [t('admin.calls.direction'), t(`admin.calls.directions.${call.direction}`)],
    [t('admin.calls.caller'), withName(outgoingName, call.callingNumber)],
    [t('admin.calls.called'), withName(calledName, call.calledNumber)],
    [t('admin.calls.forwardedTo'), orNone(call.forwardedTo, words.number)],
    [t('admin.calls.transferredTo'), orNone(call.transferredTo, words.number)],
    [t('admin.calls.requested'), `${when(call.requestedAtMs)} (${words.exactTime(call.requestedAtMs)})`],
    [t('admin.calls.answered'), call.answeredAtMs === null ? null : words.exactTime(call.answeredAtMs)],
    [t('admin.calls.ended'), call.endedAtMs === null ? null : words.exactTime(call.endedAtMs)],
    [t('admin.calls.delay'), call.postDialDelayMs === null ? null : delay(call.postDialDelayMs)],
    [t('admin.calls.talked'), words.talked(call)],
    [t('admin.calls.cost'), words.cost(call.costMicros)],
    [t('admin.calls.gateway'), orNone(call.gatewayId, gateways.nameOf)],
    [t('admin.calls.codec'), call.codec],
    [t('admin.calls.way'), call.mediaWay === null ? null : t(`admin.calls.ways.${call.mediaWay}`)],
    [t('admin.calls.brand'), brands.nameOf(call.brandId)],
    [t('admin.calls.server'), call.callServerId],
    [
      t('admin.calls.participants'),
      participants.length === 0 ? null : participants.map(({ userId, userName }) => userName ?? userId).join(', '),
    ],
  ];
}
