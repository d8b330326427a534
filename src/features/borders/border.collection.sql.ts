import { inBox } from '../../db/spatial.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import { collection, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { versionAt } from '../version.sql.ts';
import { BorderCode } from '../vocabulary.schema.ts';
import { Border, borderFilters } from './border.schema.ts';

export const bordersAt = (at: string | undefined): Sql =>
  sql`${versionAt(sql`border`, sql`border_version`, at)} AS b`;

export const borderCollection = collection({
  id: 'borders',
  noun: 'border',
  title: 'Borders',
  description: 'The three land borders, from north to south. Not a legal statement of where a border runs.',
  key: { column: sql`b.code`, type: 'text', schema: BorderCode },
  geometry: { column: sql`b.line`, type: 'LineString' },
  fields: [
    ...nameFields(sql`b.names`),
    ...fieldsOf(Border.shape.properties, {
      countries: sql`b.countries`,
      lengthKm: sql`b.length_km`,
      officialLengthKm: sql`b.official_length_km`,
      officialLengthSource: sql`b.official_length_source`,
      horizontalAccuracyMetres: sql`b.horizontal_accuracy_m`,
      horizontalAccuracyNote: sql`b.horizontal_accuracy_note`,
      unverifiedItems: sql`b.unverified_items`,
      source: sql`b.source`,
      licence: sql`b.licence`,
    }),
  ],
  computed: [],
  order: { keys: [{ column: sql`b.code`, type: 'text' }] },
  isSmall: true,
  listsUtm: true,
  filters: borderFilters,
  rows: ({ bbox, country, q, at }) => ({
    from: bordersAt(at),
    where: all(
      when(bbox, (box) => inBox(sql`b.line`, box)),
      when(country, (code) => sql`${code} = ANY (b.countries)`),
      when(q, (phrases) => holdsPhrase(namesText(sql`b.names`), phrases)),
    ),
  }),
});
