import type { Gateway, NumberEntry, Rate, Route } from '../../shared/admin/index.ts';
import type { User } from '../front-end-server/index.ts';
import type { Collection } from '../storage/index.ts';
import { CollectionStore } from './editing/CollectionStore.ts';
import { type EditorDeps, EntityEditor } from './editing/EntityEditor.ts';
import type { EntityKind, KeptEntity } from './editing/EntityKind.ts';
import type { References } from './editing/References.ts';
import { SheetImport } from './editing/SheetImport.ts';
import type { Uses } from './editing/Uses.ts';
import { gatewayKind } from './kinds/gatewayKind.ts';
import { numberKind } from './kinds/numberKind.ts';
import { rateKind } from './kinds/rateKind.ts';
import { routeKind } from './kinds/routeKind.ts';

export interface NetworkEditorsDeps extends EditorDeps {
  readonly gateways: Collection<Gateway>;
  readonly routes: Collection<Route>;
  readonly numbers: Collection<NumberEntry>;
  readonly rates: Collection<Rate>;
  readonly accounts: { findByName(userName: string): Promise<User | undefined> };
  readonly references: References;
  readonly uses: Uses;
  /** Called after a change, so that what is kept in memory holds before the editor is told. */
  readonly onChanged: Readonly<Record<'gateways' | 'routes' | 'numbers' | 'rates', () => Promise<void>>>;
  readonly newId: () => string;
}

/** Editors of what connects the bridge with the telephone network, each with the import of whole sheets. */
export function createNetworkEditors(deps: NetworkEditorsDeps) {
  const { references, uses, newId, onChanged, accounts } = deps;
  const edit = <Kept extends KeptEntity, Write, View>(
    kind: EntityKind<Kept, Write, View>,
    collection: Collection<Kept>,
    options: { readonly itemsKey?: string; readonly perEntry?: number } = {},
  ) => ({
    editor: new EntityEditor<Kept, Write, View>(deps, kind),
    sheet: new SheetImport<Kept, Write>({ ...deps, kind, collection }, { itemsKey: 'items', perEntry: 50, ...options }),
  });
  const rates = edit(rateKind({ store: new CollectionStore(deps.rates), onChanged: onChanged.rates }), deps.rates, {
    itemsKey: 'rates',
    perEntry: 500,
  });
  const gateways = edit(
    gatewayKind({ store: new CollectionStore(deps.gateways), uses, onChanged: onChanged.gateways }),
    deps.gateways,
  );
  const routes = edit(
    routeKind({ store: new CollectionStore(deps.routes), references, newId, onChanged: onChanged.routes }),
    deps.routes,
  );
  const numbers = edit(
    numberKind({
      store: new CollectionStore(deps.numbers),
      findUser: (userName) => accounts.findByName(userName),
      references,
      onChanged: onChanged.numbers,
    }),
    deps.numbers,
  );
  return {
    rates: rates.editor,
    rateImport: rates.sheet,
    gateways: gateways.editor,
    gatewayImport: gateways.sheet,
    routes: routes.editor,
    routeImport: routes.sheet,
    numbers: numbers.editor,
    numberImport: numbers.sheet,
  };
}
