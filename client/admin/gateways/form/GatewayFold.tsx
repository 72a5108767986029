import type { ReactNode } from 'react';
import { Fold } from '../../../ui/workbench/index.ts';
import type { GatewayFields } from './gatewayFields.ts';
import type { GatewayForm } from './useGatewayForm.ts';
import './GatewayFold.css';

export interface GatewayFoldProps {
  readonly form: GatewayForm;
  readonly title: string;
  /** The beginnings of the settings inside: while one of them is wrong it is open. */
  readonly of: readonly string[];
  readonly children: ReactNode;
}

/** Settings that most gateways don't need. */
export function GatewayFold({ form, title, of, children }: GatewayFoldProps) {
  const inside = (Object.keys(form.fields) as (keyof GatewayFields)[]).filter((key) =>
    of.some((start) => key === start || key.startsWith(`${start}.`)),
  );
  return (
    <section className="gateway-fold">
      <Fold title={title} mustBeOpen={inside.some((key) => form.bind(key).error !== undefined)}>
        <div className="gateway-fold-fields">{children}</div>
      </Fold>
    </section>
  );
}
