import { Phone, SearchX, UserPlus, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/protocol/index.ts';
import { useBrand } from '../../branding/index.ts';
import { useDial } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { describeFailure } from '../../session/index.ts';
import {
  Avatar,
  Button,
  EmptyState,
  IconButton,
  List,
  ListRow,
  Notice,
  PageHeader,
  SearchField,
  Spinner,
} from '../../ui/index.ts';
import { ContactDetails } from './ContactDetails.tsx';
import { ContactForm } from './ContactForm.tsx';
import './ContactsPage.css';
import { useContactsPage } from './useContactsPage.ts';

export function ContactsPage() {
  const { t } = useTranslation();
  const view = useContactsPage();
  return (
    <div className="page">
      <PageHeader
        title={t('contacts.title')}
        {...(view.count > 0 && { subtitle: t('contacts.count', { count: view.count }) })}
        actions={
          <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={() => view.beginNew('')}>
            {t('contacts.add')}
          </Button>
        }
      />
      {view.state.kind === 'loading' && <Spinner label={t('common.loading')} />}
      {view.state.kind === 'failed' && (
        <Notice tone="danger" action={<Button onPress={view.reload}>{t('common.retry')}</Button>}>
          {describeFailure(view.state.error, t)}
        </Notice>
      )}
      {view.count > 0 && (
        <SearchField
          label={t('contacts.search')}
          clearLabel={t('contacts.clearSearch')}
          value={view.query}
          onChange={view.setQuery}
        />
      )}
      {view.state.kind === 'ready' && view.count === 0 && (
        <EmptyState
          icon={<Users />}
          title={t('contacts.emptyTitle')}
          action={<Button onPress={() => view.beginNew('')}>{t('contacts.add')}</Button>}
        >
          {t('contacts.emptyText')}
        </EmptyState>
      )}
      {view.count > 0 && view.groups.length === 0 && (
        <EmptyState icon={<SearchX />} title={t('contacts.noMatchTitle')}>
          {t('contacts.noMatchText', { text: view.query })}
        </EmptyState>
      )}
      {view.groups.map(({ initial, contacts }) => (
        <section key={initial} className="contact-group">
          {initial !== '' && <h2 className="contact-group-title">{initial}</h2>}
          <List label={initial === '' ? t('contacts.list') : initial}>
            {contacts.map((contact) => (
              <ContactRow key={contact.id} contact={contact} onOpen={() => view.open(contact)} />
            ))}
          </List>
        </section>
      ))}
      {view.opened !== null && (
        <ContactDetails
          contact={view.opened}
          onClose={view.close}
          onEdit={view.beginEdit}
          onRemove={() => view.remove(view.opened)}
        />
      )}
      {view.form !== null && <ContactForm {...view.form} onClose={view.close} />}
    </div>
  );
}

function ContactRow({ contact, onOpen }: { contact: Contact; onOpen: () => void }) {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const dial = useDial();
  const number = contact.numbers[0]?.number ?? '';
  const written = formatNumber(number, defaultCountry);
  return (
    <ListRow
      leading={<Avatar name={contact.name} />}
      title={contact.name}
      subtitle={contact.company ? `${contact.company} · ${written}` : written}
      label={t('contacts.show', { name: contact.name })}
      onPress={onOpen}
      actions={
        <IconButton
          variant="call"
          label={t('contacts.dial', { name: contact.name })}
          icon={<Phone aria-hidden />}
          onPress={() => dial({ destination: number, name: contact.name })}
        />
      }
    />
  );
}
