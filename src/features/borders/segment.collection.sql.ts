import { inBox } from '../../db/spatial.ts';
import { all, type Sql, sql, when } from '../../db/sql.ts';
import { collection, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { versionAt } from '../version.sql.ts';
import { Segment, SegmentId, segmentFilters } from './border.schema.ts';

export const segmentsAt = (at: string | undefined): Sql =>
  sql`${versionAt(sql`segment`, sql`segment_version`, at)} AS s`;

export const segmentCollection = collection({
  id: 'segments',
  noun: 'segment',
  hasProcedures: 'segment',
  title: 'Segments',
  description: 'Named stretches of the borders, 40 to 60 km long, in the order of their chainage.',
  key: { column: sql`s.id`, type: 'text', schema: SegmentId },
  geometry: { column: sql`s.line`, type: 'LineString', geography: sql`s.geog` },
  fields: [
    ...nameFields(sql`s.names`),
    ...fieldsOf(Segment.shape.properties, {
      nameBasis: sql`s.name_basis`,
      border: sql`s.border`,
      sequence: sql`s.sequence`,
      fromKm: sql`s.from_km`,
      toKm: sql`s.to_km`,
      impactLevel: sql`s.impact_level`,
      horizontalAccuracyMetres: sql`s.horizontal_accuracy_m`,
      unverifiedItems: sql`s.unverified_items`,
      source: sql`s.source`,
      licence: sql`s.licence`,
    }),
  ],
  computed: [],
  order: { keys: [{ column: sql`s.id`, type: 'text' }] },
  isSmall: true,
  filters: segmentFilters,
  rows: ({ bbox, border, country, q, at }) => ({
    from: segmentsAt(at),
    where: all(
      when(bbox, (box) => inBox(sql`s.line`, box)),
      when(border, (code) => sql`s.border = ${code}`),
      when(q, (phrases) => holdsPhrase(namesText(sql`s.names`), phrases)),
      when(
        country,
        (code) => sql`s.border IN (SELECT b.code FROM border AS b WHERE ${code} = ANY (b.countries))`,
      ),
    ),
  }),
});
