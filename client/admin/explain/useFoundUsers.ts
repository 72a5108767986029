import { useEffect, useState } from 'react';
import { useAdminApi } from '../api/index.ts';
import { useSettled } from '../frame/index.ts';

export interface FoundUser {
  readonly userName: string;
  readonly displayName: string;
}

const mostFound = 20;

/** People with this text in one of their names. */
export function useFoundUsers(text: string): readonly FoundUser[] {
  const api = useAdminApi();
  const asked = useSettled(text.trim());
  const [found, setFound] = useState<readonly FoundUser[]>([]);
  useEffect(() => {
    let isCurrent = true;
    api.list('users', { q: asked, limit: mostFound }).then(
      ({ items }) => isCurrent && setFound(items),
      // Whoever knows the name can write it without help.
      () => isCurrent && setFound([]),
    );
    return () => {
      isCurrent = false;
    };
  }, [api, asked]);
  return found;
}
