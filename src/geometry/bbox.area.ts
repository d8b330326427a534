import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { Bbox, type Box } from './bbox.parse.ts';
import { type Crs, UTM32, WEB_MERCATOR } from './crs.ts';

/** A box with straight edges in a projected CRS. */
export interface ProjectedBox {
  srid: number;
  edges: [west: number, south: number, east: number, north: number];
}

const EARTH_RADIUS = 6_378_137; // metres, in Web Mercator
const HALF_WORLD = Math.PI * EARTH_RADIUS;
// beyond this a transverse Mercator is meaningless
const UTM_REACH = { east: 3_000_000, north: 10_000_000 };

/** A bbox in any supported CRS, or the sentences with its faults. */
export function readBox(text: string, crs: Crs): Box | ProjectedBox | string[] {
  if (crs.srid === WEB_MERCATOR.srid) return fromMercator(text);
  if (crs.srid === UTM32.srid) return fromUtm(text);
  const box = Bbox.safeParse(crs.isLatitudeFirst ? longitudeFirst(text) : text);
  return box.success ? box.data : box.error.issues.map(({ message }) => message);
}

function longitudeFirst(text: string): string {
  const values = text.split(',');
  const order = values.length === 6 ? [1, 0, 2, 4, 3, 5] : [1, 0, 3, 2];
  return values.length === 4 || values.length === 6 ? order.map((i) => values[i]).join() : text;
}

function readMetres(text: string): [number, number, number, number] | string[] {
  const values = text.split(',');
  const numbers = values.map((value) => (/^\s*[+-]?\d/.test(value) ? Number(value) : Number.NaN));
  const edges = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i]!) : numbers;
  if (edges.length !== 4 || !numbers.every(Number.isFinite))
    return [issue('bbox-form-metres', { value: excerpt(text) })];
  const [, south, , north] = edges as [number, number, number, number];
  if (south > north) return [issue('bbox-upside-down', { south, north })];
  return edges as [number, number, number, number];
}

function fromMercator(text: string): Box | string[] {
  const edges = readMetres(text);
  if (typeof edges[0] === 'string') return edges as string[];
  const [west, south, east, north] = edges as [number, number, number, number];
  if (Math.max(...[west, east].map(Math.abs)) > HALF_WORLD + 1)
    return [issue('bbox-beyond-mercator', { west, east })];
  return {
    west: longitudeOf(west),
    south: latitudeOf(south),
    east: longitudeOf(east),
    north: latitudeOf(north),
  };
}

const longitudeOf = (x: number): number => Math.max(-180, Math.min(180, (x / HALF_WORLD) * 180));

const latitudeOf = (y: number): number => (Math.atan(Math.sinh(y / EARTH_RADIUS)) * 180) / Math.PI;

function fromUtm(text: string): ProjectedBox | string[] {
  const edges = readMetres(text);
  if (typeof edges[0] === 'string') return edges as string[];
  const [west, south, east, north] = edges as [number, number, number, number];
  if (west > east) return [issue('bbox-backwards', { west, east })];
  const isFar = [west, east].some((x) => Math.abs(x) > UTM_REACH.east);
  if (isFar || south < 0 || north > UTM_REACH.north)
    return [issue('bbox-beyond-utm', { value: excerpt(text) })];
  return { srid: UTM32.srid, edges: [west, south, east, north] };
}
