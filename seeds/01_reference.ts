import { existsSync, readFileSync } from 'node:fs';
import type { Knex } from 'knex';

const besideSources = new URL('../data/', import.meta.url);
const DATA = existsSync(besideSources) ? besideSources : new URL('../../data/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, DATA), 'utf8');

// Each file is one statement; rows that are already there stay as they are, since admins keep them up to date.
const layers: [file: string, insert: string][] = [
  [
    'countries.geojson',
    `INSERT INTO base.country (code, names, utc_offset, time_zone, area, source, licence)
     SELECT p->>'code', p->'names', p->>'utcOffset', p->>'timeZone', ST_Multi(g), p->>'source', p->>'licence'
     FROM feature ON CONFLICT DO NOTHING`,
  ],
  [
    'borders.geojson',
    `INSERT INTO base.border (code, countries, names, line, length_km, official_length_km, official_length_source,
       other_published_lengths, horizontal_accuracy_m, horizontal_accuracy_note, legal_basis,
       unverified_items, source, licence)
     SELECT p->>'code', ARRAY(SELECT jsonb_array_elements_text(p->'countries')), p->'names', g,
       (p->>'lengthKm')::float, (p->>'officialLengthKm')::float, p->>'officialLengthSource',
       p->'otherPublishedLengths', (p->>'horizontalAccuracyM')::float, p->>'horizontalAccuracyNote',
       p->'legalBasis', ARRAY(SELECT jsonb_array_elements_text(p->'unverifiedItems')), p->>'source', p->>'licence'
     FROM feature ON CONFLICT DO NOTHING`,
  ],
  [
    'segments.geojson',
    `INSERT INTO base.segment (id, border, sequence, from_km, to_km, line, names, name_basis, admin_units,
       horizontal_accuracy_m, unverified_items, source, licence)
     SELECT p->>'id', p->>'border', (p->>'sequence')::int, (p->>'fromKm')::float, (p->>'toKm')::float, g,
       p->'names', p->>'nameBasis', p->'adminUnits', (p->>'horizontalAccuracyM')::float,
       ARRAY(SELECT jsonb_array_elements_text(p->'unverifiedItems')), p->>'source', p->>'licence'
     FROM feature ON CONFLICT DO NOTHING`,
  ],
  [
    'agencies.json',
    `INSERT INTO base.agency (id, country, names, acronym, ministry, type, verified, unverified_items, source, note)
     SELECT p->>'id', p->>'country', p->'names', p->>'acronym', p->>'ministry', p->>'type',
       (p->>'verified')::boolean, ARRAY(SELECT jsonb_array_elements_text(p->'unverifiedItems')), p->>'source',
       p->>'note'
     FROM feature ON CONFLICT DO NOTHING`,
  ],
  [
    'mandates.json',
    `INSERT INTO base.mandate (id, agency, function, rank, scope_type, scope_id, valid_from, valid_from_precision,
       valid_to, source, verified, note)
     SELECT p->>'id', p->>'agency', p->>'function', p->>'rank', s->>'type',
       CASE s->>'type' WHEN 'country-border' THEN s->>'country' WHEN 'border' THEN s->>'border'
         WHEN 'segment' THEN s->>'segment' WHEN 'crossing-side' THEN s->>'crossing' ELSE s->>'zone' END,
       (p->>'validFrom')::date::timestamp AT TIME ZONE 'UTC', p->>'validFromPrecision',
       ((p->>'validTo')::date + 1)::timestamp AT TIME ZONE 'UTC',
       p->>'source', (p->>'verified')::boolean, p->>'note'
     FROM (SELECT p, p->'scope' AS s FROM feature) AS f ON CONFLICT DO NOTHING`,
  ],
  [
    'crossings.geojson',
    `INSERT INTO base.crossing (id, border, segment, border_km, point, kind, names, aliases, alternatives,
       horizontal_accuracy_m, position_method, unverified_items, source, licence)
     SELECT p->>'id', p->>'border', p->>'segment', (p->>'borderKm')::float, g, p->>'kind', p->'names',
       ARRAY(SELECT jsonb_array_elements_text(p->'aliases')),
       ARRAY(SELECT jsonb_array_elements_text(p->'alternatives')),
       (p->>'horizontalAccuracyM')::float, p->>'positionMethod',
       ARRAY(SELECT jsonb_array_elements_text(p->'unverifiedItems')), p->>'source', p->>'licence'
     FROM feature ON CONFLICT DO NOTHING`,
  ],
  [
    'crossings.geojson',
    `INSERT INTO base.crossing_side (crossing, country, names, admin_unit)
     SELECT p->>'id', s->>'country', s->'names', s->'adminUnit'
     FROM feature, jsonb_array_elements(p->'sides') AS s ON CONFLICT DO NOTHING`,
  ],
  [
    'crossings.geojson',
    `INSERT INTO base.crossing_status (id, crossing, country, traffic, state, reason, valid_from, source)
     SELECT md5((p->>'id') || (s->>'country'))::uuid, p->>'id', s->>'country',
       ARRAY(SELECT jsonb_array_elements_text(p->'status'->'trafficClasses')), p->'status'->>'state',
       p->'status'->>'note', to_date(p->'status'->>'asOf', 'YYYY-MM')::timestamp AT TIME ZONE 'UTC',
       p->'status'->>'source'
     FROM feature, jsonb_array_elements(p->'sides') AS s ON CONFLICT DO NOTHING`,
  ],
  [
    'zones.geojson',
    // zones of a law: in force from the day that it names
    `INSERT INTO base.zone_revision (id, country, kind, names, participants, area, derived_from, horizontal_accuracy_m,
       valid_from, proposed_at, agreed_at, valid_to, legal_act, notes, tlp, source)
     SELECT p->>'id', p->>'country', p->>'kind', p->'names', ARRAY[p->>'country'], ST_Multi(g),
       p->'stretch' || jsonb_build_object('widthMetres', p->'depthM', 'side', p->>'country'),
       (p->>'horizontalAccuracyM')::float, d.first, d.first, d.first,
       ((p->>'validTo')::date + 1)::timestamp AT TIME ZONE 'UTC', p->'legalAct',
       jsonb_build_object('approximate', p->'approximate', 'derivation', p->'derivation',
         'approximations', p->'approximations', 'accessRegime', p->'accessRegime', 'gates', p->'gates',
         'renewals', p->'renewals', 'licence', p->'licence'),
       'CLEAR', p->>'source'
     FROM feature
     CROSS JOIN LATERAL (SELECT (p->>'validFrom')::date::timestamp AT TIME ZONE 'UTC' AS first) AS d
     ON CONFLICT DO NOTHING`,
  ],
];

/** The reference data of data/: features of a GeoJSON file, or the entries of a plain list. */
export async function seed(knex: Knex): Promise<void> {
  for (const [file, insert] of layers) {
    await knex.raw(
      `WITH feature AS (
         SELECT coalesce(f->'properties', f) AS p, ST_SetSRID(ST_GeomFromGeoJSON(f->'geometry'), 4326) AS g
         FROM (SELECT ?::jsonb AS d) AS doc, jsonb_array_elements(coalesce(d->'features', d)) AS f
       ) ${insert}`,
      [read(file)],
    );
  }
}
