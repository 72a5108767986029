import { type RefObject, useLayoutEffect, useState } from 'react';

/** In pixels. */
export const rowHeight = 48;
export const headingHeight = 44;

/** So many more above and below, so that what scrolls in is there already. */
const spareRows = 6;

export interface RowsInSight {
  readonly first: number;
  /** The first that isn't. */
  readonly end: number;
  /** How many rows fit into it whole. */
  readonly page: number;
}

/** Which of the rows, all of the same height, are in sight of the frame that scrolls them. */
export function useRowsInSight(frame: RefObject<HTMLElement | null>, count: number): RowsInSight {
  const [sight, setSight] = useState({ first: 0, rows: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const look = () => {
      const first = Math.floor(element.scrollTop / rowHeight);
      const rows = Math.ceil(Math.max(0, element.clientHeight - headingHeight) / rowHeight);
      setSight((present) => (present.first === first && present.rows === rows ? present : { first, rows }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [frame]);
  // Rows may have gone before the frame has scrolled back to those that are left.
  const first = Math.max(0, Math.min(sight.first, count - sight.rows));
  return {
    first: Math.max(0, first - spareRows),
    // One is cut in two by each edge.
    end: Math.min(count, first + sight.rows + 1 + spareRows),
    page: Math.max(1, sight.rows - 1),
  };
}
