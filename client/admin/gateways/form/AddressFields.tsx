import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type GatewayAddress, gatewayAddressSchema } from '../../../../shared/admin/index.ts';
import { Button, IconButton, TextField } from '../../../ui/index.ts';
import { ChoiceField, FieldGroup, NumberField, ReadOnlyField } from '../../../ui/workbench/index.ts';
import type { BoundField } from '../../form/index.ts';
import type { AddressRow } from './gatewayFields.ts';

type Transport = GatewayAddress['transport'];
const transports = ['udp', 'tcp', 'tls', 'auto'] as const;

export interface AddressFieldsProps {
  readonly legend: string;
  readonly host: BoundField<string>;
  readonly port: BoundField<number | null>;
  readonly transport: BoundField<Transport>;
  /** Behind the fields. */
  readonly children?: ReactNode;
}

/** A host, a port, a transport. */
export function AddressFields({ legend, host, port, transport, children }: AddressFieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="gateway-address">
      <legend className="hidden-text">{legend}</legend>
      <TextField
        label={t('admin.gateways.host')}
        hint={t('admin.gateways.hostHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck="false"
        {...host}
      />
      <NumberField label={t('admin.gateways.port')} {...port} />
      <ChoiceField<Transport>
        label={t('admin.gateways.transport')}
        options={transports.map((id) => ({ id, name: t(`admin.gateways.transports.${id}`) }))}
        {...transport}
        onChange={(id) => id !== null && transport.onChange(id)}
      />
      {children}
    </fieldset>
  );
}

/** Addresses besides the first, a line each. */
export function AddressRows({ value: rows, onChange, onBlur, error, isReadOnly }: BoundField<readonly AddressRow[]>) {
  const { t } = useTranslation();
  if (isReadOnly && rows.length === 0) {
    return <ReadOnlyField label={t('admin.gateways.morePlaces')}>–</ReadOnlyField>;
  }
  const bind = <Key extends 'host' | 'port' | 'transport'>(row: AddressRow, key: Key): BoundField<AddressRow[Key]> => {
    const { key: _, ...address } = row;
    const wrong = gatewayAddressSchema.safeParse(address).error?.issues.some(({ path }) => path[0] === key);
    return {
      value: row[key],
      onChange: (value) => onChange(rows.map((one) => (one.key === row.key ? { ...row, [key]: value } : one))),
      onBlur,
      error: wrong ? error : undefined,
      isReadOnly,
    };
  };
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    onChange([...rows, { key, host: '', port: null, transport: 'udp' }]);
  };
  return (
    <FieldGroup title={t('admin.gateways.morePlaces')} hint={t('admin.gateways.morePlacesHint')}>
      {rows.map((row, index) => (
        <AddressFields
          key={row.key}
          legend={t('admin.gateways.addressPlace', { place: index + 2 })}
          host={bind(row, 'host')}
          port={bind(row, 'port')}
          transport={bind(row, 'transport')}
        >
          {!isReadOnly && (
            <IconButton
              variant="danger"
              label={t('admin.gateways.removeAddress', { place: index + 2 })}
              icon={<X aria-hidden />}
              onPress={() => onChange(rows.filter((one) => one.key !== row.key))}
            />
          )}
        </AddressFields>
      ))}
      {!isReadOnly && (
        <div>
          <Button icon={<Plus aria-hidden />} onPress={add}>
            {t('admin.gateways.addAddress')}
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}
