import type { Knex } from 'knex';
import { createKey } from '../src/access/key.store.ts';
import { asOwner } from '../src/db/migrations.ts';
import { median } from './comparison.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';

export interface BulkComparison {
  lines: number;
  /** Lines and rows per second, medians of the rounds. */
  imported: number;
  inserted: number;
}

const SOURCE = 'bench-import';
const [AGENCY, COUNTRY] = ['tun-garde-nationale', 'TUN'];

/** The same new rows through the API, and by one statement of the table owner. */
export const compareBulk = (databaseUrl: string, port: number, options: Options): Promise<BulkComparison> =>
  asOwner(databaseUrl, async (knex) => {
    const key = await reporterKey(knex);
    const features = await prepareLines(knex, options.lines);
    const upload = uploadOf(features);
    const rounds = [];
    for (let round = 0; round < options.rounds; round++) {
      const imported = await rate(features.length, () => importRows(port, key, upload, features.length));
      await removeRows(knex);
      const inserted = await rate(features.length, () => knex.raw(insert));
      await removeRows(knex);
      rounds.push({ imported, inserted });
      say(`  bulk import: ${Math.round(imported)} lines/s, ${Math.round(inserted)} rows/s by one statement`);
    }
    await knex.raw('DROP TABLE bench_row');
    await knex.raw('VACUUM (ANALYZE) base.incident, base.incident_zone');
    return {
      lines: features.length,
      imported: median(rounds.map(({ imported }) => imported)),
      inserted: median(rounds.map(({ inserted }) => inserted)),
    };
  });

export const reporterKey = async (knex: Knex): Promise<string> =>
  (await createKey(knex, { agency: AGENCY, roles: ['reporter'] })).key;

/** New incidents as GeoJSON, copies of others. Their rows are in bench_row. */
export async function prepareLines(knex: Knex, lines: number): Promise<string[]> {
  await removeRows(knex);
  // not temporary: the connection may close while the import runs
  await knex.raw('DROP TABLE IF EXISTS bench_row');
  await knex.raw(`CREATE UNLOGGED TABLE bench_row AS ${rows}`, [lines]);
  const { rows: made } = await knex.raw(toFeature);
  return made.map(({ feature }: { feature: string }) => feature);
}

export const uploadOf = (features: readonly string[]): string => features.map((one) => `${one}\n`).join('');

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (count / (performance.now() - startedMs)) * 1000;
}

export async function importRows(port: number, key: string, upload: string, count: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/incidents/import`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/geo+json-seq' },
    body: upload,
  });
  const text = await answer.text();
  if (!answer.ok || JSON.parse(text).accepted !== count)
    throw new Error(`The import was answered with ${answer.status}: ${text.slice(0, 500)}`);
}

const removeRows = (knex: Knex) => knex.raw('DELETE FROM base.incident WHERE source = ?', [SOURCE]);

// Copies of existing incidents, in no order of place or time.
const rows = `
  SELECT overlay(i.id::text PLACING substr(md5(i.id::text), 1, 12) FROM 25)::uuid AS id, i.kind, i.severity, i.certainty, i.nature,
    i.occurred_at, i.occurred_until, i.point, i.horizontal_accuracy_m, i.place_text, i.description, i.counts_best,
    i.counts_low, i.counts_high, '${SOURCE}' AS source, i.external_id, '${COUNTRY}' AS owner, '${AGENCY}' AS agency,
    i.tlp, i.releasable_to, i.content_hash
  FROM base.incident AS i WHERE i.source = 'bench' ORDER BY md5(i.external_id) LIMIT ?`;

const columns = `id, kind, severity, certainty, nature, occurred_at, occurred_until, point, horizontal_accuracy_m,
  place_text, description, counts_best, counts_low, counts_high, source, external_id, owner, agency, tlp,
  releasable_to, content_hash`;

const insert = `INSERT INTO base.incident (${columns}) SELECT ${columns} FROM bench_row`;

const toFeature = `
  SELECT json_build_object('type', 'Feature', 'id', r.id, 'geometry', ST_AsGeoJSON(r.point, 6)::json,
    'properties', json_strip_nulls(json_build_object('kind', r.kind, 'severity', r.severity, 'certainty', r.certainty,
      'nature', r.nature, 'occurredAt', tripoint.utc(r.occurred_at), 'occurredUntil', tripoint.utc(r.occurred_until),
      'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'placeText', r.place_text, 'description', r.description,
      'counts', json_build_object('best', r.counts_best, 'low', r.counts_low, 'high', r.counts_high),
      'source', r.source, 'externalId', r.external_id, 'tlp', r.tlp, 'releasableTo', r.releasable_to)))::text AS feature
  FROM bench_row AS r`;
