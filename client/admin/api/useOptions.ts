import { useEffect, useState } from 'react';
import type { AdminApi } from './AdminApi.ts';
import { useAdminApi } from './AdminProvider.tsx';

/** Kinds that other settings point at. */
type NamedKind = 'brands' | 'groups' | 'embedKeys' | 'rules' | 'gateways';

export interface Option {
  readonly id: string;
  readonly name: string;
}

export interface Options {
  readonly options: readonly Option[];
  /** The name of one; its id where that is all that is known. */
  readonly nameOf: (id: string) => string;
}

const largestPage = 1000;
/** Beyond these there are ids only; nobody chooses from a longer list. */
const mostPages = 5;

/** The names of everything of a kind, for fields that choose and tables that show. Empty until they are here. */
export function useOptions(kind: NamedKind): Options {
  const api = useAdminApi();
  const [options, setOptions] = useState<readonly Option[]>([]);
  useEffect(() => {
    let isCurrent = true;
    readAll(api, kind).then(
      (all) => isCurrent && setOptions(all),
      // Ids stand in for names; what the page itself asks for says what is wrong.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [api, kind]);
  return { options, nameOf: (id) => options.find((option) => option.id === id)?.name ?? id };
}

async function readAll(api: AdminApi, kind: NamedKind): Promise<readonly Option[]> {
  const all: Option[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const {
      items,
      nextCursor,
    }: { items: readonly { id: string; name?: string | undefined }[]; nextCursor: string | null } = await api.list(
      kind,
      { limit: largestPage, cursor },
    );
    all.push(...items.map(({ id, name }) => ({ id, name: name ?? id })));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return all;
}
