/** A place on the earth, in degrees. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

const earthRadiusKm = 6371;

/** How far it is from here to other regions. */
export class Regions {
  readonly #own: string;
  readonly #places: ReadonlyMap<string, Coordinates>;
  readonly #known = new Map<string, number>();

  /** `own`: where this call server stands. `places`: the regions whose coordinates are known. */
  constructor(own: string, places: Readonly<Record<string, Coordinates>>) {
    this.#own = own;
    this.#places = new Map(Object.entries(places));
  }

  /** In kilometres along the great circle; 0 in the own region, infinite where one of the two is nowhere. */
  distanceTo(region: string | null): number {
    if (region === null) return Number.POSITIVE_INFINITY;
    const known = this.#known.get(region);
    if (known !== undefined) return known;
    const distance = this.#measure(region);
    this.#known.set(region, distance);
    return distance;
  }

  #measure(region: string): number {
    if (region === this.#own) return 0;
    const [from, to] = [this.#places.get(this.#own), this.#places.get(region)];
    return from && to ? greatCircleKm(from, to) : Number.POSITIVE_INFINITY;
  }
}

/** By the haversine formula. */
export function greatCircleKm(from: Coordinates, to: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const halfChord =
    Math.sin(radians(to.latitude - from.latitude) / 2) ** 2 +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(halfChord)));
}
