import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { Page } from './AdminApi.ts';

/** A list that is read page by page. What was there stays in sight while it is read again. */
export interface PagedList<Item> {
  readonly items: readonly Item[];
  /** `loading`: nothing to show yet; `failed`: `error` says why. */
  readonly kind: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
  /** Something is being read, whatever is shown meanwhile. */
  readonly isBusy: boolean;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  /** Reads as much as is shown anew. */
  readonly reload: () => void;
}

interface State<Item> extends Pick<PagedList<Item>, 'items' | 'kind' | 'error' | 'isBusy'> {
  readonly nextCursor: string | null;
}

type Move<Item> =
  | { readonly kind: 'asked'; readonly isAnew: boolean }
  | { readonly kind: 'got'; readonly page: Page<Item>; readonly isAnew: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

export type ReadPage<Item> = (page: { readonly limit: number; readonly cursor: string | null }) => Promise<Page<Item>>;

const pageSize = 100;
/** The most that the bridge gives at once. */
const largestPage = 1000;

/** Follows what `read` gives; `key` says when it is another list (another search). */
export function usePages<Item>(key: string, read: ReadPage<Item>): PagedList<Item> {
  const [state, move] = useReducer(reduce<Item>, start);
  const latestRead = useRef(read);
  latestRead.current = read;
  // An answer to an older question than the last one is of no interest.
  const question = useRef(0);

  const ask = useCallback(async (limit: number, cursor: string | null) => {
    question.current += 1;
    const mine = question.current;
    const isAnew = cursor === null;
    move({ kind: 'asked', isAnew });
    try {
      const page = await latestRead.current({ limit, cursor });
      if (mine === question.current) move({ kind: 'got', page, isAnew });
    } catch (error) {
      if (mine === question.current) move({ kind: 'failed', error });
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what `read` closes over.
  useEffect(() => {
    void ask(pageSize, null);
    return () => {
      question.current += 1;
    };
  }, [ask, key]);

  const { items, nextCursor } = state;
  return {
    ...state,
    hasMore: nextCursor !== null,
    loadMore: () => void ask(pageSize, nextCursor),
    reload: () => void ask(Math.min(largestPage, Math.max(pageSize, items.length)), null),
  };
}

const start = { items: [], kind: 'loading', error: null, isBusy: true, nextCursor: null } as const;

function reduce<Item>(state: State<Item>, move: Move<Item>): State<Item> {
  switch (move.kind) {
    case 'asked':
      return { ...state, isBusy: true, kind: state.kind === 'failed' ? 'loading' : state.kind };
    case 'got': {
      const items = move.isAnew ? move.page.items : [...state.items, ...move.page.items];
      return { items, kind: 'ready', error: null, isBusy: false, nextCursor: move.page.nextCursor };
    }
    case 'failed':
      return { ...state, kind: 'failed', error: move.error, isBusy: false };
  }
}
