import type { GatewayView } from '../../../shared/admin/index.ts';
import { parseCosts, writeCosts } from './form/longLists.ts';

/** One cost within a cell: `+49 0.012 0.05`. */
export const costCells = {
  write: (value: unknown) => writeCosts([value as GatewayView['costs'][number]]).replaceAll(',', ''),
  read: (cell: string): unknown => parseCosts(cell)[0],
};
