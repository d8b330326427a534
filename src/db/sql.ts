import type { LabelledCollection } from '../core/trace.ts';

export type SqlValue = string | number | boolean | null | Date | Buffer | readonly string[] | undefined;

/** Traits that a piece passes on to every statement that contains it. */
export interface Traits {
  /** The best plan depends on the values: a generic plan can be hundreds of times slower. */
  isPlannedEachTime?: true;
  /** The plan is the same for all values, whatever its pieces say. */
  isPlannedOnce?: true;
  /** The collection whose labelled rows the piece reads (src/db/labelled.ts). */
  reads?: LabelledCollection;
  writes?: true;
}

/** A piece of SQL with its values. */
export class Sql {
  readonly strings: readonly string[];
  readonly values: readonly (Sql | SqlValue)[];
  readonly traits: Traits | undefined;
  /** The rendered text of a piece without values and traits: constants are parts of many statements. */
  text: string | undefined;

  constructor(strings: readonly string[], values: readonly (Sql | SqlValue)[], traits?: Traits) {
    this.strings = strings;
    this.values = values;
    this.traits = traits;
    this.text = undefined;
  }
}

/** `${value}` becomes a bound parameter, `${sql`…`}` is spliced in: queries compose without concatenation. */
export const sql = (strings: TemplateStringsArray, ...values: (Sql | SqlValue)[]): Sql =>
  new Sql(strings, values);

/** The same for a statement, or a part of one, that inserts, updates or deletes rows. */
export const writing = (strings: TemplateStringsArray, ...values: (Sql | SqlValue)[]): Sql =>
  new Sql(strings, values, { writes: true });

const withTraits = ({ strings, values, traits }: Sql, more: Traits): Sql =>
  new Sql(strings, values, { ...traits, ...more });

/** For a condition whose selectivity depends on its values: a box, an area, a time window. */
export const plannedEachTime = (piece: Sql): Sql => withTraits(piece, { isPlannedEachTime: true });

/**
 * For a piece that leaves the planner no choice: the statement is planned once a connection, even if a condition in the
 * piece asks for a new plan.
 */
export const plannedOnce = (piece: Sql): Sql => withTraits(piece, { isPlannedOnce: true });

/** For the name of a view or function over rows that carry a label. */
export const reading = (collection: LabelledCollection, piece: Sql): Sql =>
  withTraits(piece, { reads: collection });

export const nothing = sql``;

/** Conditions that must all hold; undefined ones are left out. */
export function all(...conditions: (Sql | undefined)[]): Sql {
  const given = conditions.filter((condition) => condition !== undefined);
  if (given.length === 0) return sql`true`;
  return new Sql(['', ...given.slice(1).map(() => ' AND '), ''], given);
}

/** Comma-separated pieces. */
export const listed = (pieces: readonly Sql[]): Sql =>
  new Sql(['', ...pieces.slice(1).map(() => ', '), ''], pieces);

/** A name from our code as an SQL text literal. */
export function literal(text: string): Sql {
  if (!/^\w[\w-]*$/.test(text)) throw new Error(`${text} is no name for a property.`);
  return new Sql([`'${text}'`], []);
}

/** The same as a column name. */
export function quoted(text: string): Sql {
  literal(text);
  return new Sql([`"${text}"`], []);
}

/** A whole number that is part of the text of the statement, so that the planner knows it. */
export function constant(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number.`);
  return new Sql([String(value)], []);
}

/** Conditions of which one must hold. */
export const any = (conditions: readonly Sql[]): Sql =>
  new Sql(['(', ...conditions.slice(1).map(() => ' OR '), ')'], conditions);

/** A condition on a value that may be missing. */
export const when = <T>(value: T | undefined, condition: (value: T) => Sql): Sql | undefined =>
  value === undefined ? undefined : condition(value);

/** A statement for the wire protocol, with the traits of its pieces. */
export interface Rendered {
  /** With `$1`, `$2` … for the values. */
  text: string;
  values: SqlValue[];
  isPlannedEachTime: boolean;
  /** A piece of it leaves the planner no choice, and no piece is planned each time. */
  isPlannedOnce: boolean;
  /** The collections whose labelled rows it can see. */
  reads: ReadonlySet<LabelledCollection>;
  writes: boolean;
}

const NO_COLLECTION: ReadonlySet<LabelledCollection> = new Set();

export function render(statement: Sql): Rendered {
  const values: SqlValue[] = [];
  let reads: Set<LabelledCollection> | undefined;
  let isPlannedEachTime = false;
  let isPlannedOnce = false;
  let writes = false;
  const take = (traits: Traits): void => {
    if (traits.reads) reads = (reads ?? new Set()).add(traits.reads);
    isPlannedEachTime ||= traits.isPlannedEachTime ?? false;
    isPlannedOnce ||= traits.isPlannedOnce ?? false;
    writes ||= traits.writes ?? false;
  };
  const write = (piece: Sql): string => {
    if (piece.text !== undefined) return piece.text;
    const { strings, values: parts, traits } = piece;
    if (traits) take(traits);
    const before = isPlannedEachTime;
    let isConstant = traits === undefined;
    let text = strings[0]!;
    for (const [i, part] of parts.entries()) {
      if (part instanceof Sql) {
        text += write(part);
        isConstant &&= part.text !== undefined;
      } else {
        values.push(part);
        text += `$${values.length}`;
        isConstant = false;
      }
      text += strings[i + 1]!;
    }
    if (traits?.isPlannedOnce) isPlannedEachTime = before;
    if (isConstant) piece.text = text;
    return text;
  };
  const text = write(statement);
  return {
    text,
    values,
    isPlannedEachTime,
    isPlannedOnce: isPlannedOnce && !isPlannedEachTime,
    reads: reads ?? NO_COLLECTION,
    writes,
  };
}

/** Many pieces without values as one: for constants, which are then written in one go at each request. */
export function flat(piece: Sql): Sql {
  const { text, values, reads, writes, isPlannedEachTime } = render(piece);
  if (values.length > 0 || reads.size > 1 || writes || isPlannedEachTime)
    throw new Error(`Only text can be made flat: ${text}`);
  const [collection] = reads;
  return new Sql([text], [], collection && { reads: collection });
}
