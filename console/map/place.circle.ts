export interface Place {
  lon: number;
  lat: number;
}

const EARTH_METRES = 6_371_008.8; // mean radius: for drawing and for the pointer, not for answers
const CORNERS = 64;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** A ring around a place, for drawing. */
export function circleAround({ lon, lat }: Place, metres: number): [number, number][] {
  const reach = metres / EARTH_METRES;
  const [sin, cos] = [Math.sin(radians(lat)), Math.cos(radians(lat))];
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const bearing = (2 * Math.PI * (i % CORNERS)) / CORNERS;
    const to = Math.asin(sin * Math.cos(reach) + cos * Math.sin(reach) * Math.cos(bearing));
    const turn = Math.atan2(Math.sin(bearing) * Math.sin(reach) * cos, Math.cos(reach) - sin * Math.sin(to));
    return [lon + degrees(turn), degrees(to)];
  });
}

/** Between two places, along a great circle. */
export function metresBetween(one: Place, other: Place): number {
  const north = radians(other.lat - one.lat) / 2;
  const east = radians(other.lon - one.lon) / 2;
  const part =
    Math.sin(north) ** 2 + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(east) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(part));
}
