import type { z } from 'zod';
import type { Problem } from '../../core/problem.ts';
import type { KeyColumn } from '../../db/keyset.ts';
import type { Sql } from '../../db/sql.ts';
import { plainSchema } from './plain.schema.ts';

/** One property of a layer, flat: text, number, true or false, instant, or a list, which is written as one text. */
export interface Field {
  name: string;
  /** As in the nested answer of the noun. */
  schema: z.ZodType;
  title: string;
  /** Over the aliases of `from`. An instant is a `timestamptz` and a list a `text[]` here. */
  value: Sql;
}

/** What a question hangs on, such as the zone that incidents lie within. */
export interface Anchor {
  /** A row with its `concern` (src/db/concern.ts), or none where the caller sees no such thing. */
  row: Sql;
  missing: () => Problem;
}

/** The rows that the noun's own parameters ask for. */
export interface Rows {
  /** What stands behind FROM. The aliases are the same for every question. */
  from: Sql;
  where: Sql;
  /** For labelled rows: whose data a row is (src/db/concern.ts). */
  concern?: Sql | undefined;
  anchor?: Anchor | undefined;
}

/** Cells of a level of WebMercatorQuad, numbered by column and row interleaved bit by bit (`tripoint.cell_of`). */
export interface CellRange {
  level: number;
  /** The first, and the one behind the last. */
  from: number;
  to: number;
  /** Around them, in degrees. */
  box: readonly [west: number, south: number, east: number, north: number];
}

/** Counts per cell, for zooms at which the features would crowd. */
export interface Cells {
  /** The first zoom at which the features themselves are shown. */
  featuresFrom: number;
  /** Names of fields whose words are counted apart. */
  groups: readonly { name: string; words: readonly string[] }[];
  /** The parameters that `sums` knows. */
  answers: readonly string[];
  /** Rows of `cell`, the groups, `concern` and `n`; undefined where these filters must be counted row by row. */
  sums(range: CellRange, filters: Record<string, unknown>): Sql | undefined;
}

export type GeometryType = 'Point' | 'LineString' | 'MultiPolygon';

interface Spec<Filters extends z.ZodRawShape> {
  /** The noun in the plural, as in `/v1/<id>`. */
  id: string;
  /** One of it, for sentences. */
  noun: string;
  title: string;
  description: string;
  key: { column: Sql; type: 'text' | 'uuid'; schema: z.ZodType };
  /** Absent: `geometry` is null. Stored in WGS 84, longitude first. */
  geometry?: { column: Sql; type: GeometryType; geography?: Sql };
  cells?: Cells;
  /** The features that tiles and counts show, where that is not all of them. */
  shownInTiles?: Sql;
  /** Names of fields: with an end, an interval that is open where the end is null. */
  time?: { start: string; end?: string };
  /** In the order in which clients show them. */
  fields: readonly Field[];
  /** The names of those that writers do not set. */
  computed: readonly string[];
  /** Where features are written: what tells one state of a row from the next, over the aliases of `from`. */
  version?: Sql;
  /** PUT under an id of one's own makes a feature. */
  takesIds?: boolean;
  /** Where a feature has revisions: its newest one, over the same aliases. */
  newest?: (id: string) => Pick<Rows, 'from' | 'where'>;
  /** The total order of pages, over the aliases of `from`. */
  order: { keys: readonly KeyColumn[]; descending?: boolean };
  /** Rows change as time goes by, and not only when they are written. */
  hangsOnTime?: true;
  /** Few rows: counting them costs nothing. */
  isSmall: boolean;
  /** Not offered in parts: it is only ever read by one who needs none. */
  isUndivided?: true;
  /** The query parameters of `/v1/<id>`, without those of paging. */
  filters: Filters;
  /** What `/v1/<id>` asks for with these parameters: layers, tiles and downloads ask for the same. */
  rows(filters: z.output<z.ZodObject<Filters>>): Rows;
}

/** What a noun tells about itself so that it can be published as a layer. */
export type Collection = Omit<Spec<z.ZodRawShape>, 'rows'> & {
  rows(filters: Record<string, unknown>): Rows;
};

/** Keeps the types of the filters of one collection; the array that holds many erases them. */
export const collection = <Filters extends z.ZodRawShape>(spec: Spec<Filters>) => spec as Collection;

/** Fields by their names in the nested answer of the noun, with its schemas. */
export const fieldsOf = <Shape extends z.ZodRawShape>(
  { shape }: z.ZodObject<Shape>,
  values: { [Name in keyof Shape & string]?: Sql },
): Field[] =>
  Object.entries<Sql | undefined>(values).map(([name, value]) =>
    field(name, shape[name] as unknown as z.ZodType, value!),
  );

export const field = (
  name: string,
  schema: z.ZodType,
  value: Sql,
  title = schema.meta()?.title ?? spoken(name),
): Field => ({
  name,
  schema,
  title,
  value,
});

/** `occurredAt` is `Occurred at`. */
const spoken = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'list';

const types = new WeakMap<z.ZodType, FieldType>();

/** What the values of a field are, read from its schema. */
export function typeOf({ schema }: Field): FieldType {
  const known = types.get(schema) ?? readType(schema);
  types.set(schema, known);
  return known;
}

function readType(schema: z.ZodType): FieldType {
  const { type, format } = plainSchema(schema);
  if (type === 'array') return 'list';
  if (type === 'integer' || type === 'number' || type === 'boolean') return type;
  return format === 'date-time' ? 'instant' : 'text';
}
