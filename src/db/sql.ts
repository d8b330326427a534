export type SqlValue = string | number | boolean | null | Date | Buffer | readonly string[] | undefined;

/** A piece of SQL with the values that belong in it. */
export class Sql {
  readonly strings: readonly string[];
  readonly values: readonly (Sql | SqlValue)[];
  /** The best plan hangs on the values: one that is kept for all of them can be hundreds of times slower. */
  readonly isPlannedEachTime: boolean;

  constructor(strings: readonly string[], values: readonly (Sql | SqlValue)[], isPlannedEachTime = false) {
    this.strings = strings;
    this.values = values;
    this.isPlannedEachTime =
      isPlannedEachTime || values.some((value) => value instanceof Sql && value.isPlannedEachTime);
  }
}

/** `${value}` becomes a bound parameter, `${sql`…`}` is spliced in, so queries compose and never concatenate. */
export const sql = (strings: TemplateStringsArray, ...values: (Sql | SqlValue)[]): Sql =>
  new Sql(strings, values);

/** For a condition that a few rows or most of them fulfil, as its values say: a box, an area, a window of time. */
export const plannedEachTime = ({ strings, values }: Sql): Sql => new Sql(strings, values, true);

export const nothing = sql``;

/** Conditions that must all hold; undefined ones are left out. */
export function all(...conditions: (Sql | undefined)[]): Sql {
  const given = conditions.filter((condition) => condition !== undefined);
  if (given.length === 0) return sql`true`;
  return new Sql(['', ...given.slice(1).map(() => ' AND '), ''], given);
}

/** Pieces between commas. */
export const listed = (pieces: readonly Sql[]): Sql =>
  new Sql(['', ...pieces.slice(1).map(() => ', '), ''], pieces);

/** Conditions of which one must hold. */
export const any = (conditions: readonly Sql[]): Sql =>
  new Sql(['(', ...conditions.slice(1).map(() => ' OR '), ')'], conditions);

/** A condition on a value that may be missing. */
export const when = <T>(value: T | undefined, condition: (value: T) => Sql): Sql | undefined =>
  value === undefined ? undefined : condition(value);

/** The text with `$1`, `$2` … and the values in their order, as the wire protocol wants them. */
export function render(piece: Sql): { text: string; values: SqlValue[] } {
  const values: SqlValue[] = [];
  const write = ({ strings, values: parts }: Sql): string =>
    strings.reduce((text, string, i) => {
      const part = parts[i - 1];
      if (part instanceof Sql) return text + write(part) + string;
      values.push(part);
      return `${text}$${values.length}${string}`;
    });
  return { text: write(piece), values };
}
