import type { GatewayView } from '../../../../shared/admin/index.ts';
import { type EntityForm, useEntityForm } from '../../form/index.ts';
import type { GatewayFields } from './gatewayFields.ts';
import { gatewayFieldsOf } from './gatewayFieldsOf.ts';
import { gatewayInputOf } from './gatewayInputOf.ts';

export interface GatewayForm extends EntityForm<GatewayFields> {
  /** Which secrets the bridge has already. */
  readonly kept: { readonly password: boolean; readonly incomingPassword: boolean; readonly privateKey: boolean };
}

export function useGatewayForm(gateway: GatewayView | null, onSaved: (gateway: GatewayView) => void): GatewayForm {
  const form = useEntityForm<'gateways', GatewayFields>({
    kind: 'gateways',
    entity: gateway,
    fieldsOf: gatewayFieldsOf,
    draftOf: (fields) => gatewayInputOf(fields, gateway === null),
    onSaved,
  });
  return {
    ...form,
    kept: {
      password: gateway?.credentials?.hasPassword ?? false,
      incomingPassword: gateway?.incoming.credentials?.hasPassword ?? false,
      privateKey: gateway?.tls.hasPrivateKey ?? false,
    },
  };
}
