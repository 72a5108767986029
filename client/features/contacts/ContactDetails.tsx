import { Pencil, Phone, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/protocol/index.ts';
import { useBrand } from '../../branding/index.ts';
import { useDial } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { Avatar, Dialog, IconButton } from '../../ui/index.ts';
import './ContactDetails.css';

export interface ContactDetailsProps {
  readonly contact: Contact;
  readonly onClose: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** Everything that is known of one person, each number a button. */
export function ContactDetails({ contact, onClose, onEdit, onRemove }: ContactDetailsProps) {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const dial = useDial();
  return (
    <Dialog
      title={contact.name}
      closeLabel={t('common.close')}
      isOpen
      onClose={onClose}
      tools={
        <>
          <IconButton label={t('common.edit')} icon={<Pencil aria-hidden />} onPress={onEdit} />
          <IconButton variant="danger" label={t('common.remove')} icon={<Trash2 aria-hidden />} onPress={onRemove} />
        </>
      }
    >
      <div className="contact-details">
        <div className="contact-details-head">
          <Avatar name={contact.name} size="l" />
          {contact.company && <p>{contact.company}</p>}
        </div>
        <ul className="contact-numbers" aria-label={t('contacts.numbers')}>
          {contact.numbers.map(({ number, label }) => (
            <li key={`${label}${number}`}>
              <button
                type="button"
                className="contact-number"
                aria-label={t('contacts.dialNumber', { name: contact.name, label: t(`contacts.labels.${label}`) })}
                onClick={() => {
                  if (dial({ destination: number, name: contact.name })) onClose();
                }}
              >
                <span>
                  <span className="contact-number-label">{t(`contacts.labels.${label}`)}</span>
                  <span className="numerals">{formatNumber(number, defaultCountry)}</span>
                </span>
                <Phone aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        {contact.note && <p className="contact-note">{contact.note}</p>}
      </div>
    </Dialog>
  );
}
