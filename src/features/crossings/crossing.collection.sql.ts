import { z } from 'zod';
import { COUNTRY_CODES } from '../../core/caller.ts';
import { inBox } from '../../db/spatial.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import { collection, type Field, field, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { CountryCode } from '../vocabulary.schema.ts';
import { alternatives, CrossingId, crossingFilters, crossingProperties } from './crossing.schema.ts';
import { crossings, hasSide } from './crossing.sql.ts';
import { CrossingState } from './status.schema.ts';

export const crossingCollection = collection({
  id: 'crossings',
  noun: 'crossing',
  hasProcedures: 'crossing',
  title: 'Crossings',
  description: 'Border crossing points, with the stricter state of their two sides.',
  key: { column: sql`c.id`, type: 'text', schema: CrossingId },
  geometry: { column: sql`c.point`, type: 'Point', geography: sql`c.geog` },
  fields: [
    ...nameFields(sql`c.names`),
    ...fieldsOf(crossingProperties, { kind: sql`c.kind`, aliases: sql`c.aliases` }),
    field('state', CrossingState, sql`e.state`),
    field('countries', z.array(CountryCode), sql`string_to_array(c.border, '-')`),
    ...COUNTRY_CODES.flatMap(sideFields),
    ...fieldsOf(crossingProperties, {
      border: sql`c.border`,
      segment: sql`c.segment`,
      borderKm: sql`c.border_km`,
    }),
    field('alternatives', alternatives, sql`c.alternatives`),
    ...fieldsOf(crossingProperties, {
      horizontalAccuracyMetres: sql`c.horizontal_accuracy_m`,
      positionMethod: sql`c.position_method`,
      unverifiedItems: sql`c.unverified_items`,
      source: sql`c.source`,
      licence: sql`c.licence`,
    }),
  ],
  computed: ['state'],
  order: { keys: [{ column: sql`c.id`, type: 'text' }] },
  hangsOnTime: true,
  isSmall: true,
  filters: crossingFilters,
  rows: ({ bbox, q, border, country, segment, kind, state, at }) => ({
    from: crossings(at).from,
    where: all(
      when(bbox, (box) => inBox(sql`c.point`, box)),
      when(q, (phrases) => holdsPhrase(allNames, phrases)),
      when(border, (code) => sql`c.border = ${code}`),
      when(country, hasSide),
      when(segment, (id) => sql`c.segment = ${id}`),
      when(kind, (words) => sql`c.kind = ANY (${words}::text[])`),
      when(state, (words) => sql`e.state = ANY (${words}::text[])`),
    ),
  }),
});

/** Also the names that each side gives it. */
const allNames = sql`concat_ws(' ', ${namesText(sql`c.names`)}, array_to_string(c.aliases, ' '),
  (SELECT string_agg(${namesText(sql`d.names`)}, ' ') FROM crossing_side AS d WHERE d.crossing = c.id))`;

/** Null for the country that is not on this border. */
function sideFields(country: (typeof COUNTRY_CODES)[number]): Field[] {
  const suffix = country.charAt(0) + country.slice(1).toLowerCase();
  const side: Sql = sql`(SELECT s FROM json_array_elements(e.sides) AS s WHERE s ->> 'country' = ${country})`;
  return [
    field(`name${suffix}`, z.string().nullable(), sql`${side} -> 'names' ->> 'en'`, `Name in ${country}`),
    field(`state${suffix}`, CrossingState.nullable(), sql`${side} ->> 'state'`, `State of ${country}`),
  ];
}
