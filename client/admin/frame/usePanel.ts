import { useNavigate, useParams } from 'react-router';

/** What stands beside the list: in the address, so that Back closes it and a link leads to it. */
export interface Panel {
  /** `new`, the id of an entity, or null. */
  readonly opened: string | null;
  readonly open: (id: string) => void;
  readonly close: () => void;
}

/** For a page at `/admin/<section>/*`. */
export function usePanel(section: string): Panel {
  const navigate = useNavigate();
  const { '*': rest = '' } = useParams();
  return {
    opened: rest === '' ? null : rest,
    open: (id) => void navigate(`/admin/${section}/${encodeURIComponent(id)}`),
    close: () => void navigate(`/admin/${section}`),
  };
}
