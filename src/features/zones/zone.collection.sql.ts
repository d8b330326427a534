import { z } from 'zod';
import { zoneConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import { inBox } from '../../db/spatial.ts';
import { all, sql, when } from '../../db/sql.ts';
import { collection, field, fieldsOf } from '../../ogc/collection/collection.sql.ts';
import { holdsPhrase, nameFields, namesText } from '../names.sql.ts';
import { Zone, ZoneId, zoneFilters } from './zone.answer.ts';
import { zoneVersion } from './zone.sql.ts';

const { properties } = Zone.shape;

export const zoneCollection = collection({
  id: 'zones',
  noun: 'zone',
  hasProcedures: 'zone',
  title: 'Zones',
  description: 'Jointly monitored areas in their current revision, as far as the caller may see them.',
  key: { column: sql`z.id`, type: 'text', schema: ZoneId },
  geometry: { column: sql`z.area`, type: 'MultiPolygon' },
  time: { start: 'validFrom', end: 'validTo' },
  fields: [
    ...nameFields(sql`z.names`),
    ...fieldsOf(properties, {
      kind: sql`z.kind`,
      purpose: sql`z.purpose`,
      participants: sql`z.participants`,
      state: sql`z.state`,
      agreed: sql`z.agreed`,
      validFrom: sql`z.valid_from`,
      validTo: sql`z.valid_to`,
    }),
    field('legalAct', z.string().nullable(), sql`coalesce(z.legal_act ->> 'title', z.legal_act #>> '{}')`),
    field('owner', properties.shape.country, sql`z.country`),
    ...fieldsOf(properties, {
      tlp: sql`z.tlp`,
      releasableTo: sql`z.releasable_to`,
      agency: sql`z.agency`,
      author: sql`z.author`,
      areaKm2: sql`round(z.area_km2::numeric, 3)`,
      horizontalAccuracyMetres: sql`z.horizontal_accuracy_m`,
      source: sql`z.source`,
      revision: sql`z.revision`,
      createdAt: sql`z.created_at`,
      updatedAt: sql`z.updated_at`,
    }),
  ],
  computed: [
    'state',
    'agreed',
    'owner',
    'agency',
    'author',
    'areaKm2',
    'horizontalAccuracyMetres',
    'source',
    'revision',
    'createdAt',
    'updatedAt',
  ],
  version: zoneVersion(sql`z`),
  newest: (id) => ({
    from: sql`${view.zoneRevision} AS z`,
    where: sql`z.revision = (SELECT max(n.revision) FROM ${view.zoneRevision} AS n WHERE n.id = ${id}) AND z.state <> 'withdrawn'`,
  }),
  order: { keys: [{ column: sql`z.id`, type: 'text' }] },
  hangsOnTime: true,
  isSmall: true,
  listsUtm: true,
  filters: zoneFilters,
  rows: ({ bbox, q, kind, state, country, datetime }) => ({
    from: sql`${view.zone} AS z`,
    where: all(
      when(bbox, (box) => inBox(sql`z.area`, box)),
      when(q, (phrases) => holdsPhrase(namesText(sql`z.names`), phrases)),
      when(kind, (words) => sql`z.kind = ANY (${words}::text[])`),
      state ? sql`z.state = ANY (${state}::text[])` : sql`z.state <> 'withdrawn'`,
      when(country, (code) => sql`${code} = ANY (z.participants)`),
      when(datetime, ({ from, to }) =>
        all(
          when(to, (end) => sql`z.valid_from <= ${end}::timestamptz`),
          when(from, (start) => sql`(z.valid_to IS NULL OR z.valid_to > ${start}::timestamptz)`),
        ),
      ),
    ),
    concern: zoneConcern(sql`z`),
  }),
});
