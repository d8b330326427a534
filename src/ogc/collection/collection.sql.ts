import type { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import type { Noun } from '../../core/messages/message.params.ts';
import type { Problem } from '../../core/problem.ts';
import type { AreaPart, CellColumns, WindowPart } from '../../db/cell.order.ts';
import type { KeyColumn } from '../../db/keyset.ts';
import { all, plannedOnce, type Sql } from '../../db/sql.ts';
import type { Edges } from '../../geometry/bbox.parse.ts';
import { plainSchema } from './plain.schema.ts';
import type { WithProcedures } from './procedures.link.ts';

/** One flat property of a layer: text, number, boolean, instant, or a list, which is written as one text. */
export interface Field {
  name: string;
  /** As in the nested answer of the noun. */
  schema: z.ZodType;
  title: string;
  /** SQL over the aliases of `from`: an instant is a `timestamptz`, a list a `text[]`. */
  value: Sql;
  /** The same number as a double, where that is cheaper. */
  double?: Sql;
}

/** The parent resource of a query, such as the zone of its incidents. */
export interface Anchor {
  /** A row with its `concern` (src/db/concern.ts), or no row if the caller does not see it. */
  row: Sql;
  missing: () => Problem;
}

/** The rows selected by the noun's own parameters. */
export interface Rows {
  /** The FROM clause. Its aliases are the same for every query. */
  from: Sql;
  where: Sql;
  /** For labelled rows: bitmask of the owner countries (src/db/concern.ts). */
  concern?: Sql | undefined;
  anchor?: Anchor | undefined;
  /** `where` in parts, if an index in the order of the layer can serve them. */
  parts?: Parts | undefined;
}

/** The conditions of rows by what serves them. */
export interface Parts {
  rest: Sql;
  area?: BoundArea | undefined;
  window?: WindowPart | undefined;
  /** What `rest` asks: nothing, only columns that the indexes of cells hold, or others. */
  asks: 'nothing' | 'held' | 'others';
  /** A condition can have any form. */
  isFree?: boolean;
  /** False: the rows are asked in another order than that of time, forwards or backwards. */
  isInOrder?: boolean;
}

export interface BoundArea extends AreaPart {
  edges: Edges;
}

/** Cells of a WebMercatorQuad level, numbered by interleaved column and row bits (`tripoint.cell_of`). */
export interface CellRange {
  level: number;
  /** Half-open: the first cell, and the one after the last. */
  from: number;
  to: number;
  /** Bounding box, in degrees. */
  box: readonly [west: number, south: number, east: number, north: number];
}

/** Counts per cell, for zooms with too many features per tile. */
export interface Cells {
  /** The first zoom that shows the features themselves. */
  featuresFrom: number;
  /** Enumerated fields whose words are counted separately. */
  groups: readonly { name: string; words: readonly string[] }[];
  /** The parameters that `sums` can answer. */
  answers: readonly string[];
  /** The indexed expressions that give the cell of a row, by level. */
  columns: CellColumns;
  /** Names of the fields, besides place and time, that these indexes hold. */
  held: readonly string[];
  /** Rows of `cell` and `n`: counts per cell of a level, as of the last sums. */
  counts(level: number): Sql;
  /** Rows of `cell`, the groups, `concern` and `n`; undefined if these filters need a count row by row. */
  sums(range: CellRange, filters: Record<string, unknown>): Sql | undefined;
}

export type GeometryType = 'Point' | 'LineString' | 'MultiPolygon';

interface CollectionSpec<Filters extends z.ZodRawShape> {
  /** The noun in the plural, as in `/v1/<id>`. */
  id: string;
  /** The singular, for sentences. */
  noun: Noun;
  title: string;
  description: string;
  key: { column: Sql; type: 'text' | 'uuid'; schema: z.ZodType };
  /** Absent: `geometry` is null. Stored in WGS 84, longitude first. */
  geometry?: { column: Sql; type: GeometryType; geography?: Sql };
  cells?: Cells;
  /** The features that tiles and counts show, where that is not all of them. */
  shownInTiles?: Sql;
  /** Field names; with an end, an interval that is open if the end is null. */
  time?: { start: string; end?: string };
  /** In display order. */
  fields: readonly Field[];
  /** All of them as the JSON text of an object that the database keeps, or NULL, over the alias `r` with its `id`. */
  keptProperties?: Sql;
  /** Names of the fields that writers cannot set. */
  computed: readonly string[];
  /** For writable layers: the version of a row, over the aliases of `from`. */
  version?: Sql;
  /** PUT with a client-chosen id creates a feature. */
  takesIds?: boolean;
  /** For features with revisions: the newest one, over the same aliases. */
  newest?: (id: string) => Pick<Rows, 'from' | 'where'>;
  /** The total order of pages, over the aliases of `from`. */
  order: { keys: readonly KeyColumn[]; descending?: boolean };
  /** A condition that all rows meet which a caller without a key sees: partial indexes hold these rows alone. */
  isPublic?: Sql;
  /** For large layers: the fields whose order an index has. Others sort only a few rows. */
  sortedByIndex?: readonly string[];
  /** Rows change with time, not only by writes. */
  hangsOnTime?: true;
  /** Few rows: counting them costs nothing. */
  isSmall: boolean;
  /** So few that `crs` lists UTM: docs/decisions/0013-layers.md. */
  listsUtm?: true;
  /** Only agencies have rows: others do not see it in the list of layers. */
  isForAgencies?: true;
  /** Joint procedures hold for its features, which link to those in force. */
  hasProcedures?: WithProcedures;
  /** Without partitions: its readers do not need them. */
  isUndivided?: true;
  /** Its features name their exercise wherever they are shown: people act on them alone. */
  namesExercise?: true;
  /** The query parameters of `/v1/<id>`, without those of paging. */
  filters: Filters;
  /** The rows of `/v1/<id>` with these parameters; layers, tiles and downloads use the same. */
  rows(filters: z.output<z.ZodObject<Filters>>): Rows;
}

/** A noun's description of itself, from which it is published as a layer. */
export type Collection = Omit<CollectionSpec<z.ZodRawShape>, 'rows'> & {
  rows(filters: Record<string, unknown>): Rows;
};

/** Keeps the filter types of one collection; the array of collections erases them. */
export function collection<Filters extends z.ZodRawShape>(spec: CollectionSpec<Filters>): Collection {
  const given = spec as Collection;
  return given.isSmall ? { ...given, rows: (filters) => keptPlan(given.rows(filters)) } : given;
}

/** Planning takes longer than to read a small table by any plan. */
const keptPlan = (rows: Rows): Rows => ({ ...rows, where: plannedOnce(rows.where) });

/** Rows of a layer for a caller: with the condition of partial indexes, if it has no key. */
export const rowsFor = <Some extends SomeRows>(
  { country }: Caller,
  { isPublic }: Collection,
  rows: Some,
): Some => (country || !isPublic ? rows : narrowed(rows, isPublic));

const forStrangers = new WeakMap<Collection, Collection>();

/** The same for all rows that are asked of the layer. */
export function collectionFor(caller: Caller, known: Collection): Collection {
  if (caller.country || !known.isPublic) return known;
  const kept = forStrangers.get(known);
  const layer = kept ?? { ...known, rows: (filters) => rowsFor(caller, known, known.rows(filters)) };
  forStrangers.set(known, layer);
  return layer;
}

type SomeRows = { where: Sql; parts?: { rest: Sql } | undefined };

/** The rows that meet one more condition. */
export const narrowed = <Some extends SomeRows>(rows: Some, condition: Sql): Some => ({
  ...rows,
  where: all(rows.where, condition),
  ...(rows.parts && { parts: { ...rows.parts, rest: all(rows.parts.rest, condition) } }),
});

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

/** `occurredAt` becomes `Occurred at`. */
const spoken = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'list';

const types = new WeakMap<z.ZodType, FieldType>();

/** The type of a field, from its schema. */
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
