import { all, any, listed, nothing, Sql, sql } from './sql.ts';

export interface KeyColumn {
  column: Sql;
  type: 'text' | 'uuid' | 'timestamptz' | 'date' | 'int' | 'numeric' | 'boolean';
  descending?: boolean;
  /** NULLs come last in either direction. */
  isNullable?: boolean;
}

type KeyValues = readonly (string | null)[];

export const orderOf = (keys: readonly KeyColumn[]): Sql =>
  listed(
    keys.map(
      ({ column, descending, isNullable }) =>
        sql`${column} ${descending ? sql`DESC` : sql`ASC`}${descending && isNullable ? sql` NULLS LAST` : nothing}`,
    ),
  );

/** The rows after the row with these keys. */
export function keysBehind(keys: readonly KeyColumn[], values: KeyValues): Sql {
  const isPlain = keys.every(
    ({ descending, isNullable }) => !isNullable && descending === keys[0]!.descending,
  );
  return isPlain ? wholeRow(keys, values) : keyByKey(keys, values);
}

/** One row comparison, which an index in key order answers directly. */
const wholeRow = (keys: readonly KeyColumn[], values: KeyValues, operator = sign(keys[0]!)): Sql =>
  sql`(${listed(keys.map(({ column }) => column))}) ${operator} (${listed(keys.map((key, i) => bound(key, values[i]!)))})`;

/** The rows up to the row with these keys; all keys must be non-NULL and have the same direction. */
export const keysUpTo = (keys: readonly KeyColumn[], values: KeyValues): Sql =>
  wholeRow(keys, values, keys[0]!.descending ? sql`>=` : sql`<=`);

/** After in the first key, or equal in it and after in the second, and so on. */
function keyByKey(keys: readonly KeyColumn[], values: KeyValues): Sql {
  const branches = keys.flatMap((key, i) => {
    const behind = isBehind(key, values[i]!);
    return behind ? [all(...keys.slice(0, i).map((one, n) => isSame(one, values[n]!)), behind)] : [];
  });
  return any(branches);
}

function isBehind(key: KeyColumn, value: string | null): Sql | undefined {
  if (value === null) return undefined;
  const beyond = sql`${key.column} ${sign(key)} ${bound(key, value)}`;
  return key.isNullable ? sql`(${beyond} OR ${key.column} IS NULL)` : beyond;
}

const isSame = (key: KeyColumn, value: string | null): Sql =>
  value === null ? sql`${key.column} IS NULL` : sql`${key.column} = ${bound(key, value)}`;

const sign = ({ descending }: KeyColumn): Sql => (descending ? sql`<` : sql`>`);

const bound = ({ type }: KeyColumn, value: string | null): Sql => sql`${value}::${new Sql([type], [])}`;
