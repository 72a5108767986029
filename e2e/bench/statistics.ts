export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('no values to take the median of');
  return (low + high) / 2;
}

/** Rise of y per x by least squares. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((total, { x }) => total + x, 0) / points.length;
  const meanY = points.reduce((total, { y }) => total + y, 0) / points.length;
  const covariance = points.reduce((total, { x, y }) => total + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((total, { x }) => total + (x - meanX) ** 2, 0);
}
