import { listed, literal, quoted, Sql, type SqlValue, sql } from '../../db/sql.ts';
import type { NewIncident } from './incident.content.ts';
import { type Column, type FlatField, incidentFields } from './incident.fields.ts';

/** Columns of the view `incident`, with an alias before each. */
export const columnsOf = (fields: readonly FlatField[], alias?: Sql): Sql =>
  listed(fields.map(({ column }) => (alias ? sql`${alias}.${quoted(column)}` : quoted(column))));

/** What a layer shows of a field, over the alias of the view. */
export function shownValue({ column, decimals }: Column, alias: Sql): Sql {
  const value = sql`${alias}.${quoted(column)}`;
  return decimals === undefined ? value : sql`round(${value}::numeric, ${new Sql([String(decimals)], [])})`;
}

/** The same as a double, if it has decimals. */
export const shownDouble = ({ column, decimals }: Column, alias: Sql): Sql | undefined =>
  decimals === undefined
    ? undefined
    : sql`tripoint.rounded(${alias}.${quoted(column)}, ${new Sql([String(decimals)], [])})`;

const jsonOf = (field: Column, alias: Sql): Sql =>
  field.type === 'timestamptz' ? sql`tripoint.utc(${shownValue(field, alias)})` : shownValue(field, alias);

/** Names and values for `json_build_object`, flat. */
export const flatMembers = (fields: readonly FlatField[], alias: Sql): Sql =>
  listed(fields.map((field) => sql`${literal(field.name)}, ${jsonOf(field, alias)}`));

/**
 * The same as answers nest them, as an object: all that is answered, or only what was reported. A row to JSON, because its
 * names are resolved once. Twin: base.write_incident_texts in schema/incidents/incident_text.functions.sql, compared by
 * test/database/documented.test.ts
 */
export const nestedProperties = (alias: Sql, which: 'answered' | 'reported' = 'answered'): Sql => {
  const members = Object.entries(incidentFields)
    .filter(([, field]) => which === 'answered' || 'input' in field)
    .map(([name, field]) => {
      const value = 'columns' in field ? partsOf(field.columns, alias) : jsonOf(field, alias);
      return sql`${value} AS ${quoted(name)}`;
    });
  return sql`(SELECT row_to_json(p) FROM (SELECT ${listed(members)}) AS p)`;
};

/** An object of the known parts; NULL if no part is known. */
function partsOf(columns: Record<string, FlatField>, alias: Sql): Sql {
  const parts = Object.entries(columns).map(
    ([part, field]) => sql`${literal(part)}, ${jsonOf(field, alias)}`,
  );
  return sql`CASE WHEN coalesce(${columnsOf(Object.values(columns), alias)}) IS NOT NULL
    THEN json_strip_nulls(json_build_object(${listed(parts)})) END`;
}

/** What was reported, by the names of the flat fields. */
export const flatContent = ({ counts, ...content }: NewIncident['properties']): Record<string, SqlValue> => ({
  ...content,
  countsBest: counts?.best,
  countsLow: counts?.low,
  countsHigh: counts?.high,
});
