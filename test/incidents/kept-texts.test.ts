import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { sql } from '../../src/db/sql.ts';
import { INCIDENT_SHAPE } from '../../src/features/incidents/incident.text.sql.ts';
import { textStore } from '../../src/features/incidents/text.store.ts';
import { purgeAll, purgeStore } from '../../src/features/retention/purge.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anAgency } from '../support/builders.agencies.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { digestOfTexts, incidentsWithOtherTexts } from '../support/kept.texts.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

// The embedded database has one connection.
const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;

let service: TestService;
let zone: string;
let ids: string[];
beforeAll(async () => {
  service = await startService();
  zone = (await agreeZone(service.api, 'TUN', { tlp: 'CLEAR' })).id;
  ids = [];
  for (const more of INCIDENTS) ids.push(await create(more));
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const reader = as(keyOf('DZA', 'reader'));

/** Each kind of value, and each kind of its absence. */
const INCIDENTS = [
  { tlp: 'CLEAR' },
  { tlp: 'GREEN', placeText: 'عين "A"\\ \t', description: 'é'.repeat(2000) },
  { tlp: 'AMBER', releasableTo: ['DZA', 'LBY'], counts: { best: 3 }, horizontalAccuracyMetres: 0.1 },
  { tlp: 'RED', counts: { low: 1, best: 2, high: 3 }, externalId: 'a/1', source: 'x' },
  { at: [7.5, 33.9] as [number, number], horizontalAccuracyMetres: 400_000, accessNote: 'By the wadi.' },
  {
    at: [30, 60] as [number, number],
    tlp: 'CLEAR',
    occurredUntil: '2026-03-02T00:00:00.123Z',
    occurredAt: '2026-03-01',
  },
];

async function create(more: Parameters<typeof anIncident>[0]): Promise<string> {
  const { body } = await service.api.post('/v1/incidents').set(reporter).send(anIncident(more)).expect(201);
  return body.id;
}

const run = <Row>(text: ReturnType<typeof sql>) => asTableOwner<Row>(service.db, text);
const giveShape = (shape: number) => run(sql`UPDATE base.incident_text SET shape = ${shape}::smallint`);
const renew = () => textStore(service.db).renew();

/** The answers that show incidents, without the moment. */
async function answers(headers: Record<string, string>): Promise<string[]> {
  const paths = [
    '/incidents?limit=100',
    `/incidents/${ids[0]}`,
    `/incidents/${ids[4]}`,
    `/zones/${zone}/incidents`,
    '/segments/DZA-TUN-01/incidents?withinMetres=500000',
    '/collections/incidents/items?limit=100',
    '/collections/incidents/items?limit=100&properties=kind,source',
    '/collections/incidents/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857&sortby=kind',
    `/collections/incidents/items/${ids[0]}`,
    '/collections/incidents/items?f=geojsonseq',
    '/changes?include=feature&limit=1000',
  ];
  const texts: string[] = [];
  for (const path of paths) {
    const { status, text } = await service.api.get(`/v1${path}`).set(headers).buffer();
    texts.push(`${path} ${status} ${text.replace(/"(timeStamp|requestId|cursor|next)":"[^"]*"/g, '')}`);
  }
  return texts;
}

describe('the texts beside incidents', () => {
  test('are those that the service would make', async () => {
    expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
  });

  test('of a shape that the program does not know are not shown: it makes the same answers itself', async () => {
    for (const headers of [{}, reader, reporter]) {
      const kept = await answers(headers);
      await giveShape(INCIDENT_SHAPE + 1);
      await run(sql`UPDATE base.incident_text SET nested = '{"kind":1', flat = '{"kind":1}'`);
      const made = await answers(headers);
      await run(sql`SELECT base.write_incident_texts(ARRAY(SELECT i.id FROM base.incident AS i))`);
      expect(made).toEqual(kept);
      expect(kept.some((text) => / 200 .*"Feature"/.test(text))).toBe(true);
    }
  });

  test('are what lists, pages of layers and downloads show; selected properties are made', async () => {
    await run(sql`UPDATE base.incident_text SET nested = replace(nested, '"source":""', '"source":"Kept"'),
      flat = replace(flat, '"source":""', '"source":"Kept"')`);
    const shown = async (path: string) =>
      (await service.api.get(`/v1${path}`).set(reporter).buffer().expect(200)).text.includes('"Kept"');
    expect(await shown('/incidents')).toBe(true);
    expect(await shown(`/zones/${zone}/incidents`)).toBe(true);
    expect(await shown('/collections/incidents/items')).toBe(true);
    expect(await shown('/collections/incidents/items?crs=http://www.opengis.net/def/crs/EPSG/0/4326')).toBe(
      true,
    );
    expect(await shown('/collections/incidents/items?f=geojsonseq')).toBe(true);
    expect(await shown('/collections/incidents/items?properties=source')).toBe(false);
    expect(await shown('/collections/incidents/items?f=csv')).toBe(false);
    await run(sql`SELECT base.write_incident_texts(ARRAY(SELECT i.id FROM base.incident AS i))`);
  });

  test('have a new shape when they change', async () => {
    // another digest: raise INCIDENT_SHAPE and base.incident_shape, or the texts that are there stay as they are
    expect([INCIDENT_SHAPE, await digestOfTexts(service.db)]).toEqual([1, '1b417a9d94bda06f']);
  });

  test('hold nothing of agencies, segments and zones that a new name would change', async () => {
    const admin = as(keyOf('TUN', 'admin'));
    const names = { en: 'Another name', fr: 'Un autre nom', ar: 'اسم آخر' };
    const path = `/v1/agencies/${agencyOf(keyOf('TUN', 'reporter'))}`;
    await service.api.put(path).set(admin).send(anAgency({ names })).expect(200);
    await run(sql`UPDATE base.segment SET names = names || '{"en": "Another name"}'`);
    await run(sql`UPDATE base.crossing SET names = names || '{"en": "Another name"}'`);
    expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
  });

  test('go with the incident that is purged', async () => {
    const id = await create({ kind: 'fire', nature: 'test' });
    const quiet = sql`SELECT set_config('session_replication_role', 'replica', true)`;
    await run(sql`WITH quiet AS MATERIALIZED (${quiet})
      UPDATE base.incident SET updated_at = now() - interval '31 days' FROM quiet WHERE id = ${id}`);
    await purgeAll(purgeStore(service.db), [{ nature: 'test', kind: 'fire', days: 30 }]);
    expect(await run(sql`SELECT id FROM base.incident_text WHERE id = ${id}`)).toEqual([]);
  });
});

describe('texts are made again', () => {
  const texts = async () => {
    const [row] = await run<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM base.incident_text WHERE shape = ${INCIDENT_SHAPE}::smallint`);
    return row!.n;
  };
  const renewAtMost = (most: number) => run(sql`SELECT tripoint.renew_incident_texts(${most})`);
  const fromTheStart = () =>
    run(sql`UPDATE base.incident_text_renewal SET last_id = '00000000-0000-0000-0000-000000000000'`);

  test('after a migration, in bounded steps', async () => {
    await run(sql`DELETE FROM base.incident_text`);
    await fromTheStart();
    await renewAtMost(2);
    expect(await texts()).toBe(2);
    while (await renew());
    expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
    expect(await run(sql`SELECT last_id FROM base.incident_text_renewal`)).toEqual([{ last_id: null }]);
  });

  test('after a change of the shape', async () => {
    await giveShape(INCIDENT_SHAPE + 1);
    await run(sql`UPDATE base.incident_text_renewal SET shape = ${INCIDENT_SHAPE + 1}::smallint`);
    while (await renew());
    expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
  });

  test('and those that are there are not touched', async () => {
    const versions = () => run(sql`SELECT id, xmin::text FROM base.incident_text ORDER BY id`);
    const before = await versions();
    await fromTheStart();
    while (await renew());
    expect(await versions()).toEqual(before);
  });

  onServer('without waiting for the writer of an incident, which is not passed over', async () => {
    const writer = new pg.Client(service.connection);
    await writer.connect();
    const [first, second, third] = [...ids].sort();
    await run(sql`DELETE FROM base.incident_text`);
    await fromTheStart();
    await writer.query('BEGIN');
    await writer.query('SELECT FROM base.incident WHERE id = $1 FOR UPDATE', [second]);
    await renew();
    const at = () => run(sql`SELECT last_id FROM base.incident_text_renewal`);
    expect(await at()).toEqual([{ last_id: first }]);
    expect(await renew()).toBe(false);
    await writer.query('ROLLBACK');
    await writer.end();
    await renewAtMost(2);
    expect(await at()).toEqual([{ last_id: third }]);
    while (await renew());
    expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
  });

  test('while others write the same incidents', async () => {
    const report = (id: string) =>
      service.api
        .post(`/v1/incidents/${id}/reports`)
        .set(reporter)
        .send({ counts: { best: 7 }, text: 'Seen again.' });
    for (let round = 0; round < 5; round++) {
      await run(sql`DELETE FROM base.incident_text`);
      await fromTheStart();
      await Promise.all([
        ...ids.map((id) => report(id).expect(201)),
        renewAtMost(3),
        renewAtMost(3),
        renew(),
      ]);
      while (await renew());
      expect(await incidentsWithOtherTexts(service.db)).toEqual([]);
    }
  });
});
