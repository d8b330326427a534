import type { Geometry } from 'geojson';

/**
 * A CQL2 expression in its JSON encoding (OGC 21-065r2, CQL2 JSON), checked and normalised: equivalent text and JSON
 * give equal expressions.
 */
export type Cql2Expression =
  | string
  | number
  | boolean
  | Cql2Call
  | Cql2Property
  | Cql2Date
  | Cql2Timestamp
  | Cql2Interval
  | Cql2Box
  | Geometry
  | Cql2Expression[];

/** A logical, comparison or arithmetic operator, a standardized function, or a custom one. */
export interface Cql2Call {
  op: string;
  args: Cql2Expression[];
}

export interface Cql2Property {
  property: string;
}

/** A full date of RFC 3339. */
export interface Cql2Date {
  date: string;
}

/** A date-time of RFC 3339, without trailing zeros in its fraction. */
export interface Cql2Timestamp {
  timestamp: string;
}

/** A closed interval; `..` leaves an end open. */
export interface Cql2Interval {
  interval: [Cql2Instant, Cql2Instant];
}

/** A date, a date-time or `..` as a bare text, or an expression that gives an instant. */
export type Cql2Instant = string | Cql2Property | Cql2Call;

/** Two corners, each of two axes and an optional height, in the axis order of the filter's CRS. */
export interface Cql2Box {
  bbox: number[];
}

const hasMember = (value: Cql2Expression, member: string): boolean =>
  typeof value === 'object' && member in value;

export const isCall = (value: Cql2Expression): value is Cql2Call => hasMember(value, 'op');
export const isProperty = (value: Cql2Expression): value is Cql2Property => hasMember(value, 'property');
export const isDate = (value: Cql2Expression): value is Cql2Date => hasMember(value, 'date');
export const isTimestamp = (value: Cql2Expression): value is Cql2Timestamp => hasMember(value, 'timestamp');
export const isInterval = (value: Cql2Expression): value is Cql2Interval => hasMember(value, 'interval');
export const isBox = (value: Cql2Expression): value is Cql2Box => hasMember(value, 'bbox');
export const isGeometry = (value: Cql2Expression): value is Geometry => hasMember(value, 'type');
