// WebMercatorQuad (OGC 17-083r4, annex D.1): shares of its square, from the north-western corner. Degrees outside the
// square are its edges, as in tripoint.cell_of.
const MOST_LATITUDE = 85.06;

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

export const shareAtLongitude = (longitude: number): number => within(longitude, 180) / 360 + 0.5;

export function shareAtLatitude(latitude: number): number {
  const radians = (within(latitude, MOST_LATITUDE) * Math.PI) / 180;
  return 0.5 - Math.asinh(Math.tan(radians)) / (2 * Math.PI);
}

export const longitudeAt = (share: number): number => within(share * 360 - 180, 180);

export const latitudeAt = (share: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - 2 * Math.max(0, Math.min(1, share))))) * 180) / Math.PI;
