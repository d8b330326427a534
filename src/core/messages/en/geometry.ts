import type { Ring } from '../message.params.ts';
import type { Message, Say, Shown } from '../message.ts';
import { show } from './words.ts';

type At = readonly number[];

/** `the exterior ring`, `hole 1 of part 2`. */
const ringName = ({ hole, part }: Ring): string =>
  (hole === 0 ? 'the exterior ring' : `hole ${hole}`) + (part === undefined ? '' : ` of part ${part}`);

const place = (at: At): string => `[${at.join(', ')}]`;

/** Places, areas and times. */
export const geometry = {
  'degrees-wrong': ({
    name,
    limit,
    value,
  }: {
    name: 'longitude' | 'latitude';
    limit: number;
    value: Shown;
  }) => `${name} must be a number of degrees from -${limit} to ${limit}, not ${show(value)}`,
  'altitude-wrong': ({ value }: { value: Shown }) => `altitude must be a number, not ${show(value)}`,
  'position-wrong': ({ value }: { value: Shown }) =>
    `a position is [longitude, latitude], and an altitude may follow; this one is ${show(value)}`,
  'not-a-point': ({ value }: { value: Shown }) => `geometry type must be "Point", not ${show(value)}`,

  'area-type': ({ type, value }: { type?: Shown; value: Shown }) =>
    `an area must be a GeoJSON Polygon or MultiPolygon, not ${type === undefined ? show(value) : `one of type ${show(type)}`}`,
  'area-positions': ({ most, positions }: { most: number; positions: number }) =>
    `an area may have at most ${most} positions in all, this one has ${positions}`,
  'area-too-wide': ({ most, west, east }: { most: number; west: number; east: number }) =>
    `a zone may span at most ${most} degrees of longitude, this one reaches from ${west} to ${east}`,
  'ring-not-list': ({ value }: { value: Shown }) => `a ring must be a list of positions, not ${show(value)}`,
  'rings-not-list': ({ value }: { value: Shown }) =>
    `the coordinates of a polygon must be a list of rings, not ${show(value)}`,
  'polygons-not-list': ({ value }: { value: Shown }) =>
    `the coordinates of a MultiPolygon must be a list of polygons, not ${show(value)}`,
  'polygon-empty': () => 'a polygon needs at least one ring',
  'multipolygon-empty': () => 'a MultiPolygon needs at least one polygon',
  'ring-too-short': ({ fewest, positions }: { fewest: number; positions: number }) =>
    `a ring needs at least ${fewest} positions, this one has ${positions}`,
  'ring-open': ({ ring, first, last }: { ring: Ring; first: At; last: At }) =>
    `${ringName(ring)} is not closed: its first position ${place(first)} and its last ${place(last)} must be equal`,
  'ring-flat': ({ ring }: { ring: Ring }) =>
    `${ringName(ring)} has no area: all its positions lie in one line`,
  'ring-crosses-itself': ({ ring, at }: { ring: Ring; at: At }) =>
    `${ringName(ring)} crosses itself near ${place(at)}`,
  'ring-touches-itself': ({ ring, at }: { ring: Ring; at: At }) =>
    `${ringName(ring)} touches itself near ${place(at)}`,
  'ring-runs-back': ({ ring, at }: { ring: Ring; at: At }) =>
    `${ringName(ring)} runs back along itself near ${place(at)}`,
  'rings-cross': ({ ring, other, at }: { ring: Ring; other: Ring; at: At }) =>
    `${ringName(ring)} crosses ${ringName(other)} near ${place(at)}`,
  'rings-share-line': ({ ring, other, at }: { ring: Ring; other: Ring; at: At }) =>
    `${ringName(ring)} and ${ringName(other)} share a stretch of line near ${place(at)}; merge them into one ring`,
  'ring-outside': ({ ring, other, at }: { ring: Ring; other: Ring; at: At }) =>
    `${ringName(ring)} lies outside ${ringName(other)}, see ${place(at)}`,
  'ring-inside': ({ ring, other, at }: { ring: Ring; other: Ring; at: At }) =>
    `${ringName(ring)} lies inside ${ringName(other)}, see ${place(at)}`,

  'wkt-form': ({ value }: { value: Shown }) =>
    `${show(value)} is not POLYGON ((lon lat, …)) or MULTIPOLYGON (((lon lat, …)), …) in WGS 84, longitude before latitude`,
  'wkt-too-long': ({ most }: { most: number }) => `an area in WKT may have at most ${most} characters`,

  'bbox-not-text': ({ value }: { value: Shown }) =>
    `bbox must be one text of four numbers, not ${show(value)}`,
  'bbox-form': ({ value }: { value: Shown }) => `bbox must be west,south,east,north, not ${show(value)}`,
  'bbox-form-metres': ({ value }: { value: Shown }) =>
    `bbox must be west,south,east,north in metres, not ${show(value)}`,
  'bbox-edge': ({ edge, fault }: { edge: string; fault: Message }, say: Say) => `bbox ${edge}: ${say(fault)}`,
  'bbox-height': ({ value }: { value: Shown }) => `a height must be a number, not ${show(value)}`,
  'bbox-upside-down': ({ south, north }: { south: number; north: number }) =>
    `bbox: south ${south} is greater than north ${north}`,
  'bbox-backwards': ({ west, east }: { west: number; east: number }) =>
    `bbox: west ${west} is greater than east ${east}`,
  'bbox-beyond-mercator': ({ west, east }: { west: number; east: number }) =>
    `bbox: ${west} to ${east} reaches beyond the world of Web Mercator`,
  'bbox-beyond-utm': ({ value }: { value: Shown }) =>
    `bbox: ${show(value)} reaches too far beyond UTM zone 32`,

  'time-form': ({ value, isDayAllowed }: { value: Shown; isDayAllowed: boolean }) =>
    `${show(value)} is not ${isDayAllowed ? 'a date or ' : ''}an RFC 3339 date-time with an offset, such as 2026-01-31T12:00:00Z`,
  'datetime-not-text': ({ value }: { value: Shown }) => `datetime must be one text, not ${show(value)}`,
  'datetime-form': ({ value }: { value: Shown }) =>
    `${show(value)} is not an instant, a date, or an interval such as 2026-01-01T00:00:00Z/2026-01-31, 2026-01-01/.. or ../2026-01-31`,
  'datetime-backwards': ({ from, to }: { from: Shown; to: Shown }) =>
    `the interval starts at ${show(from)}, after its end ${show(to)}`,
};
