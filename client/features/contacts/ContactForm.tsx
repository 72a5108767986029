import { Plus, X } from 'lucide-react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../shared/protocol/index.ts';
import { Button, Dialog, IconButton, Notice, Select, TextField } from '../../ui/index.ts';
import './ContactForm.css';
import { mostNumbers, type NumberLabel, useContactForm } from './useContactForm.ts';

export interface ContactFormSubject {
  /** Null for a new one. */
  readonly contact: Contact | null;
  /** Number that a new contact begins with. */
  readonly number: string;
}

const labels: readonly NumberLabel[] = ['mobile', 'work', 'home', 'other'];
const formId = 'contact-form';

export function ContactForm({ contact, number, onClose }: ContactFormSubject & { onClose: () => void }) {
  const { t } = useTranslation();
  const view = useContactForm(contact, number, onClose);
  const options = labels.map((id) => ({ id, name: t(`contacts.labels.${id}`) }));
  return (
    <Dialog
      title={contact === null ? t('contacts.add') : t('contacts.edit')}
      closeLabel={t('common.close')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form={formId} isPending={view.isBusy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        className="contact-form"
        onSubmit={(event) => {
          event.preventDefault();
          view.save();
        }}
      >
        {view.problem !== null && (
          <Notice tone="warning" isUrgent>
            {view.problem}
          </Notice>
        )}
        <TextField
          label={t('contacts.name')}
          autoFocus
          autoComplete="off"
          value={view.fields.name}
          onChange={(name) => view.change({ name })}
          error={view.nameProblem}
        />
        <TextField
          label={t('contacts.company')}
          autoComplete="off"
          value={view.fields.company}
          onChange={(company) => view.change({ company })}
        />
        {view.fields.numbers.map((line, index) => (
          <div key={line.key} className="contact-form-number">
            <TextField
              label={t('contacts.number')}
              type="tel"
              autoComplete="off"
              value={line.number}
              onChange={(value) => view.changeNumber(line.key, { number: value })}
              error={index === 0 ? view.numberProblem : undefined}
            />
            <Select
              label={t('contacts.label')}
              options={options}
              value={line.label}
              onChange={(label) => view.changeNumber(line.key, { label })}
            />
            {view.fields.numbers.length > 1 && (
              <IconButton
                variant="danger"
                label={t('contacts.removeNumber', { number: line.number })}
                icon={<X aria-hidden />}
                onPress={() => view.removeNumber(line.key)}
              />
            )}
          </div>
        ))}
        {view.fields.numbers.length < mostNumbers && (
          <div>
            <Button variant="quiet" icon={<Plus aria-hidden />} onPress={view.addNumber}>
              {t('contacts.addNumber')}
            </Button>
          </div>
        )}
        <TextField
          label={t('contacts.note')}
          rows={2}
          value={view.fields.note}
          onChange={(note) => view.change({ note })}
        />
      </Form>
    </Dialog>
  );
}
