import { signal } from '@preact/signals';
import { assetUrl } from '../app/place.ts';
import { metresBetween, type Place } from './place.circle.ts';

interface BorderLine {
  code: string;
  places: Place[];
  /** Geodesic km from the northern end to each place. */
  km: number[];
}

interface BorderFile {
  features: {
    id: string;
    geometry: { coordinates: [number, number][] };
    properties: { lengthKm: number };
  }[];
}

const lines = signal<BorderLine[]>([]);

/** The lines that the ground of the map has anyway, with the chainage of their vertices. */
export async function loadBorderLines(): Promise<void> {
  const file = (await (await fetch(assetUrl('borders.geojson'))).json()) as BorderFile;
  lines.value = file.features.map(({ id, geometry, properties }) => {
    const places = geometry.coordinates.map(([lon, lat]) => ({ lon, lat }));
    let metres = 0;
    const along = places.map((place, i) => {
      metres += i === 0 ? 0 : metresBetween(places[i - 1]!, place);
      return metres;
    });
    // the sphere is a little shorter or longer than the spheroid
    return { code: id, places, km: along.map((at) => (at / metres) * properties.lengthKm) };
  });
}

export interface BorderPlace {
  code: string;
  km: number;
  /** From the place to the line. */
  awayKm: number;
}

const DEGREE_KM = 111.195;

/** The nearest place of a border, good to some ten metres: for the pointer, not for reports. */
export function nearestBorder(place: Place, codes?: readonly string[]): BorderPlace | undefined {
  return lines.value
    .filter(({ code }) => !codes || codes.includes(code))
    .map((line) => nearestOn(line, place))
    .reduce<BorderPlace | undefined>(
      (best, one) => (best && best.awayKm <= one.awayKm ? best : one),
      undefined,
    );
}

function nearestOn({ code, places, km }: BorderLine, { lon, lat }: Place): BorderPlace {
  const across = Math.cos((lat * Math.PI) / 180);
  let best: BorderPlace = { code, km: 0, awayKm: Number.POSITIVE_INFINITY };
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1]!, places[i]!];
    const [ax, ay] = [(from.lon - lon) * across, from.lat - lat];
    const [dx, dy] = [(to.lon - from.lon) * across, to.lat - from.lat];
    const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    const awayKm = Math.hypot(ax + share * dx, ay + share * dy) * DEGREE_KM;
    if (awayKm < best.awayKm) best = { code, km: km[i - 1]! + share * (km[i]! - km[i - 1]!), awayKm };
  }
  return best;
}

const lineOf = (code: string): BorderLine | undefined => lines.value.find((one) => one.code === code);

/** The chainage of a border nearest to a place. */
export function kmOn(code: string, place: Place): number | undefined {
  const line = lineOf(code);
  return line && nearestOn(line, place).km;
}

/** The place at a chainage. */
export function placeOn(code: string, at: number): Place | undefined {
  const line = lineOf(code);
  if (!line || !Number.isFinite(at)) return undefined;
  const { places, km } = line;
  const found = km.findIndex((one) => one >= at);
  const next = found < 0 ? km.length - 1 : Math.max(1, found);
  const share = Math.min(1, Math.max(0, (at - km[next - 1]!) / (km[next]! - km[next - 1]! || 1)));
  const [from, to] = [places[next - 1]!, places[next]!];
  return { lon: from.lon + share * (to.lon - from.lon), lat: from.lat + share * (to.lat - from.lat) };
}

export const borderLength = (code: string): number | undefined => lineOf(code)?.km.at(-1);
