import type { ReactNode } from 'react';
import { type EntityKind, type EntityOf, entityKinds } from '../api/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { ChangesLink } from './ChangesLink.tsx';
import { DeleteEntity } from './DeleteEntity.tsx';
import { EntityPanel, type EntityPanelProps } from './EntityPanel.tsx';

export interface KeptEntityPanelProps<Kind extends EntityKind>
  extends PanelProps,
    Pick<EntityPanelProps, 'form' | 'isWide' | 'aside'> {
  readonly kind: Kind;
  readonly entity: EntityOf<Kind>;
  /** What people call it. */
  readonly name: string;
  /** What goes with it when it is deleted; null: this person can't delete it. */
  readonly consequence: string | null;
  /** Absent: the list is read anew, and the panel closed. */
  readonly onDeleted?: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** The form of an entity that is there already: when it was changed last, the way to all its changes, and its deletion. */
export function KeptEntityPanel<Kind extends EntityKind>(props: KeptEntityPanelProps<Kind>) {
  const { kind, entity, name, consequence, onDeleted, panel, onChanged, children, ...rest } = props;
  const deleted = () => {
    if (onDeleted) return onDeleted();
    onChanged();
    panel.close();
  };
  return (
    <EntityPanel
      {...rest}
      title={name}
      subtitle={<ChangesLink kind={entityKinds[kind].audited} entity={entity} />}
      onClose={panel.close}
      {...(consequence !== null && {
        danger: <DeleteEntity kind={kind} entity={entity} name={name} consequence={consequence} onDeleted={deleted} />,
      })}
    >
      {children}
    </EntityPanel>
  );
}
