import { Phone, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RingingCall } from '../../calling/index.ts';
import { Avatar, IconButton } from '../../ui/index.ts';
import { useRingingCall } from './useRingingCall.ts';

/** The calls that ring besides the one that the screen is about. */
export function OtherRinging({ calls }: { readonly calls: readonly RingingCall[] }) {
  const { t } = useTranslation();
  if (calls.length === 0) return null;
  return (
    <ul className="ring-others" aria-label={t('incoming.others')}>
      {calls.map((call) => (
        <OtherCall key={call.callId} call={call} />
      ))}
    </ul>
  );
}

function OtherCall({ call }: { readonly call: RingingCall }) {
  const { t } = useTranslation();
  const { party, line, accept, decline } = useRingingCall(call);
  return (
    <li className="ring-other">
      <Avatar name={party.name} />
      <span className="ring-other-text">
        <span className="ring-other-party numerals">{party.title}</span>
        <span className="ring-other-line">{line}</span>
      </span>
      <IconButton
        variant="danger"
        label={t('incoming.declineParty', { party: party.title })}
        icon={<PhoneOff aria-hidden />}
        onPress={decline}
      />
      <IconButton
        variant="call"
        label={t('incoming.acceptParty', { party: party.title })}
        icon={<Phone aria-hidden />}
        onPress={accept}
      />
    </li>
  );
}
