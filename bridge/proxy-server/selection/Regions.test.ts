import { describe, expect, it } from 'vitest';
import { greatCircleKm, Regions } from './Regions.ts';

const places = {
  berlin: { latitude: 52.52, longitude: 13.405 },
  tokyo: { latitude: 35.6762, longitude: 139.6503 },
};

describe('Regions', () => {
  it('measures along the great circle', () => {
    expect(greatCircleKm(places.berlin, places.tokyo)).toBeCloseTo(8918, -1);
    expect(greatCircleKm(places.berlin, places.berlin)).toBe(0);
    // Half of the way round, over the date line and over the pole.
    expect(greatCircleKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, 0);
    expect(greatCircleKm({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111, 0);
    expect(greatCircleKm({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 })).toBeCloseTo(20_015, 0);
  });

  it('is nowhere near regions whose place it doesn’t know, but in its own', () => {
    const regions = new Regions('here', places);
    expect(regions.distanceTo('here')).toBe(0);
    expect(regions.distanceTo('berlin')).toBe(Number.POSITIVE_INFINITY);
    expect(new Regions('berlin', places).distanceTo('elsewhere')).toBe(Number.POSITIVE_INFINITY);
    expect(new Regions('berlin', places).distanceTo(null)).toBe(Number.POSITIVE_INFINITY);
  });
});
