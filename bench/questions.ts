import { DAYS, FIRST_DAY } from './incidents.seed.ts';
import type { Question, Variable } from './question.ts';
import { FIRST_ZONE } from './zones.seed.ts';

/** Without a key a quarter of a million incidents are visible: more than 10,000 pages. */
export const PAGE_SIZE = 20;
const DAY_MS = 86_400_000;
const onDay = (day: number): string => new Date(Date.parse(FIRST_DAY) + day * DAY_MS).toISOString();

/** The year that ends half a year before the last incident. */
const window = `${onDay(DAYS - 545)}/${onDay(DAYS - 180)}`;

const degrees = (name: string, from: number, to: number): Variable => ({ name, from, to, scale: 1e4 });

/** Anywhere around the three borders. */
const place = [degrees('lon', 7.5, 11.8), degrees('lat', 21, 37)];

/** A quarter of a degree each way, about 25 km, on the border of Algeria and Tunisia. */
const box: Variable[] = [
  degrees('west', 7.6, 8.2),
  degrees('south', 31.5, 36),
  { name: 'east', of: 'west', plus: 0.25 },
  { name: 'north', of: 'south', plus: 0.25 },
];

const condition =
  "severity IN ('severe', 'extreme') AND S_INTERSECTS(geometry, BBOX({west}, {south}, {east}, {north}))";
/** URL-encoded, except the braces of variables. */
const filter = encodeURIComponent(condition).replace(/%7B(\w+)%7D/g, '{$1}');

export const questions = ({ zones, cursor }: { zones: number; cursor: string }): Question[] => [
  {
    name: 'incidents in a zone, newest 100',
    path: '/v1/zones/{zone}/incidents?limit=100',
    variables: [{ name: 'zone', from: FIRST_ZONE, to: FIRST_ZONE + zones - 1, scale: 1 }],
    target: 0.75,
  },
  {
    name: 'bbox + time window, newest 100',
    path: `/v1/incidents?bbox={west},{south},{east},{north}&datetime=${window}&limit=100`,
    variables: box,
    target: 0.75,
  },
  {
    name: 'layer in a bbox, page of 1,000',
    path: `/v1/collections/incidents/items?bbox={west},{south},{east},{north}&limit=1000`,
    variables: box,
  },
  {
    name: 'CQL2 filter, newest 100',
    path: `/v1/collections/incidents/items?filter=${filter}&limit=100`,
    variables: box,
  },
  { name: 'nearest crossing', path: '/v1/crossings/nearest?lon={lon}&lat={lat}', variables: place },
  { name: 'locate', path: '/v1/locate?lon={lon}&lat={lat}', variables: place },
  { name: 'page 1 of a list', path: `/v1/incidents?limit=${PAGE_SIZE}`, variables: [] },
  { name: 'page 10,000 of a list', path: `/v1/incidents?limit=${PAGE_SIZE}&cursor=${cursor}`, variables: [] },
];
