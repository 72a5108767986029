import { z } from 'zod';
import type { LegQuality, QualityPoint } from '../../../../shared/admin/index.ts';

const figure = z.number().nullable();

/** A point as it is kept, a third as long as with names: its time, then `mos`, `lossPercent`, `jitterMs`, `roundTripMs` of each leg. */
export const packedPointSchema = z.tuple([z.number()]).rest(z.tuple([figure, figure, figure, figure]));
export type PackedPoint = z.infer<typeof packedPointSchema>;

const legs = ['fromBrowser', 'toBrowser', 'fromGateway', 'toGateway'] as const;

export function packPoint(point: QualityPoint): PackedPoint {
  return [
    point.atMs,
    ...legs.map((leg): [number | null, number | null, number | null, number | null] => {
      const { mos, lossPercent, jitterMs, roundTripMs } = point[leg];
      return [mos, lossPercent, jitterMs, roundTripMs];
    }),
  ];
}

export function unpackPoint([atMs, ...packed]: PackedPoint): QualityPoint {
  const legAt = (index: number): LegQuality => {
    const [mos, lossPercent, jitterMs, roundTripMs] = packed[index] ?? [null, null, null, null];
    return { mos, lossPercent, jitterMs, roundTripMs };
  };
  return { atMs, fromBrowser: legAt(0), toBrowser: legAt(1), fromGateway: legAt(2), toGateway: legAt(3) };
}
