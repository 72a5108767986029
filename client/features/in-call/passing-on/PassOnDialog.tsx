import { PhoneForwarded, PhoneOutgoing } from 'lucide-react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../../branding/index.ts';
import type { ClientCall } from '../../../calling/index.ts';
import { formatNumber } from '../../../phone-numbers/index.ts';
import { useParty } from '../../../records/index.ts';
import { Avatar, Button, Dialog, SearchField } from '../../../ui/index.ts';
import './PassOnDialog.css';
import { type PassOnChoice, usePassOn } from './usePassOn.ts';

export interface PassOnDialogProps {
  /** The call that is passed on. */
  readonly call: ClientCall;
  readonly others: readonly ClientCall[];
  readonly onClose: () => void;
}

/** Whom to pass the call on to, at once or after a word with them. */
export function PassOnDialog({ call, others, onClose }: PassOnDialogProps) {
  const { t } = useTranslation();
  const { title: party } = useParty(call);
  const view = usePassOn(call, others, onClose);
  const actions = (
    <>
      <Button
        icon={<PhoneOutgoing aria-hidden />}
        isDisabled={view.askFirst === null}
        onPress={() => view.askFirst?.()}
      >
        {t('passOn.ask')}
      </Button>
      <Button
        variant="primary"
        icon={<PhoneForwarded aria-hidden />}
        isDisabled={view.chosen === null}
        onPress={view.passOnNow}
      >
        {t('passOn.now')}
      </Button>
    </>
  );
  return (
    <Dialog
      title={t('passOn.title', { party })}
      closeLabel={t('common.close')}
      isOpen
      onClose={onClose}
      actions={actions}
    >
      <SearchField
        label={t('passOn.search')}
        clearLabel={t('passOn.clear')}
        value={view.query}
        onChange={view.setQuery}
      />
      <ListBox
        className="pass-on-choices"
        aria-label={t('passOn.choices')}
        items={view.choices}
        selectionMode="single"
        selectedKeys={view.chosen === null ? [] : [view.chosen.id]}
        onSelectionChange={(keys) => view.choose([...(keys === 'all' ? [] : keys)].map(String)[0] ?? null)}
        renderEmptyState={() => <p className="pass-on-none">{t('passOn.none')}</p>}
      >
        {(choice) => <Choice choice={choice} />}
      </ListBox>
      <p className="pass-on-hint">{t('passOn.hint', { party })}</p>
    </Dialog>
  );
}

function Choice({ choice }: { choice: PassOnChoice }) {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const { name, isInCall } = choice;
  const number = formatNumber(choice.number, defaultCountry);
  return (
    <ListBoxItem id={choice.id} className="pass-on-choice" textValue={name ?? number}>
      <Avatar name={name} />
      <span className="pass-on-choice-text">
        <span className="numerals">{name ?? number}</span>
        <span className="pass-on-choice-note numerals">
          {isInCall ? t('passOn.inCall') : name === null ? t('passOn.typed') : number}
        </span>
      </span>
    </ListBoxItem>
  );
}
