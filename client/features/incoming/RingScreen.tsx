import { BellOff, Phone, PhoneOff } from 'lucide-react';
import { useId } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type RingingCall, useIncoming } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { Avatar, Button, IconButton } from '../../ui/index.ts';
import { OtherRinging } from './OtherRinging.tsx';
import { RingNotes } from './RingNotes.tsx';
import './RingScreen.css';
import { useCalledLine } from './useCalledLine.ts';
import { useRingKeys } from './useRingKeys.ts';

export interface RingScreenProps {
  readonly call: RingingCall;
  /** What rings besides. */
  readonly others: readonly RingingCall[];
}

/** Somebody calls: over whatever page is open, and gone with the last call that rings. */
export function RingScreen({ call, others }: RingScreenProps) {
  const { t } = useTranslation();
  const { accept, decline, silence, isSilenced } = useIncoming();
  const party = useParty(call);
  const line = useCalledLine(call);
  const detailsId = useId();
  useRingKeys({ onAccept: () => accept(call.callId), onDecline: () => decline(call.callId) });
  return (
    <ModalOverlay className="ring-scrim" isOpen isKeyboardDismissDisabled>
      <Modal className="ring-modal">
        <Dialog role="alertdialog" className="ring" aria-describedby={detailsId}>
          <div className="ring-stage">
            <div className="ring-head">
              <span aria-hidden>{t('incoming.title')}</span>
              {!isSilenced(call.callId) && (
                <IconButton label={t('incoming.silence')} icon={<BellOff aria-hidden />} onPress={silence} />
              )}
            </div>
            <span className="ring-avatar">
              <Avatar name={party.name} size="xl" />
            </span>
            <Heading slot="title" className="ring-party">
              <span className="hidden-text">{t('incoming.title')}: </span>
              {party.title}
            </Heading>
            <div id={detailsId} className="ring-details">
              {party.name !== null && <p className="ring-number numerals">{party.number}</p>}
              <p className="ring-line">{line}</p>
            </div>
          </div>
          <RingNotes call={call} />
          <div className="ring-actions">
            <Button variant="danger" size="l" icon={<PhoneOff aria-hidden />} onPress={() => decline(call.callId)}>
              {t('incoming.decline')}
            </Button>
            <Button variant="call" size="l" icon={<Phone aria-hidden />} onPress={() => accept(call.callId)}>
              {t('incoming.accept')}
            </Button>
          </div>
          <p className="ring-keys">{t('incoming.keys')}</p>
          <OtherRinging calls={others} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
