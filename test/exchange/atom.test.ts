import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { ask, asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { atomErrors, insertAlert } from '../support/cap.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { asText, parseXml } from '../support/xml.ts';

const run = promisify(execFile);
const isInstalled = (() => {
  try {
    return execFileSync('ogrinfo', ['--formats'], { encoding: 'utf8' }).includes('GeoRSS');
  } catch {
    return false;
  }
})();
const withGdal = isInstalled ? describe : describe.skip;

const REPORTER = as(keyOf('TUN', 'reporter'));
const FOREIGN = as(keyOf('DZA', 'reader'));
const FOREIGN_AGENCY = agencyOf(keyOf('DZA', 'reader'));
const MANY = 230; // pages of a hundred
const HIDDEN = 3;

let service: TestService;
let api: TestService['api'];
/** Of the CLEAR ones, the latest change first. */
let places: [lon: number, lat: number][];

beforeAll(async () => {
  service = await startService();
  api = service.apiWith({ publicUrl: 'https://border.example' });
  const features = Array.from({ length: MANY + HIDDEN }, (_, n) =>
    anIncident({
      at: [8 + (n % 23) / 100, Number((33 + n / 1000).toFixed(6))],
      occurredAt: new Date(Date.UTC(2026, 0, 1) + (n % 50) * 60_000).toISOString(),
      source: 'atom',
      externalId: `atom-${n}`,
      tlp: n < MANY ? 'CLEAR' : 'RED',
      description: n % 2 === 0 ? `Fuel & <oil> ${n} وقود` : undefined,
    }),
  );
  await api
    .post('/v1/incidents/import')
    .set({ ...REPORTER, 'Content-Type': 'application/geo+json' })
    .send(JSON.stringify({ type: 'FeatureCollection', features }))
    .expect(200);
  const { body } = await api.get('/v1/incidents?limit=1000').expect(200);
  places = body.features
    .sort((one: Change, other: Change) => (orderOf(one) < orderOf(other) ? 1 : -1))
    .map(({ geometry }: Change) => geometry.coordinates);
  expect(places).toHaveLength(MANY);
});
afterAll(() => service.stop());

interface Change {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: { updatedAt: string };
}

/** Sortable: the time to the microsecond, and the id. */
const orderOf = ({ id, properties: { updatedAt } }: Change): string => {
  const [seconds, fraction = ''] = updatedAt.slice(0, -1).split('.');
  return `${seconds}.${fraction.padEnd(6, '0')} ${id}`;
};

async function page(path: string, headers: Record<string, string> = {}): Promise<Page> {
  const answer = await api.get(path).set(headers).buffer().parse(asText).expect(200);
  expect(answer.headers['content-type']).toBe('application/atom+xml');
  const text = answer.body as unknown as string;
  expect(await atomErrors(text)).toEqual([]);
  const { feed } = parseXml(text);
  const next = feed.link.find((link: Record<string, string>) => link['@rel'] === 'next')?.['@href'];
  return { ...feed, entry: feed.entry ?? [], next, text };
}

interface Page {
  id: string;
  title: string;
  updated: string;
  link: Record<string, string>[];
  entry: Entry[];
  next: string | undefined;
  text: string;
}

interface Entry {
  id: string;
  title: string;
  updated: string;
  published: string;
  author: { name: string };
  link: Record<string, string>[];
  category: Record<string, string>[];
  summary?: string;
  'georss:point': string;
}

async function everyPage(path: string, headers: Record<string, string> = {}): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let at: string | undefined = path; at; ) {
    const { entry, next } = await page(at, headers);
    entries.push(...entry);
    at = next?.replace('https://border.example', '');
  }
  return entries;
}

const pointOf = (entry: Entry) => entry['georss:point'].split(' ').map(Number).reverse();

test('the schema refuses documents that are not Atom', async () => {
  const { text } = await page('/v1/incidents.atom');
  const bad = [
    text.replace(/<updated>.*?<\/updated>/, ''),
    text.replace(/<updated>(.*?)T/, '<updated>$1 '),
    text.replace(/<id>.*?<\/id>/, '<id>7</id>'),
    text.replace(/<georss:point>\S+ /, '<georss:point>97 '),
  ];
  for (const one of bad) expect(await atomErrors(one)).not.toEqual([]);
});

describe('incidents as Atom', () => {
  test('are the visible ones, the latest change first, in pages', async () => {
    const entries = await everyPage('/v1/incidents.atom');
    expect(entries.map(pointOf)).toEqual(places);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(MANY);
    expect(await everyPage('/v1/incidents.atom', REPORTER)).toHaveLength(MANY + HIDDEN);
    expect(await everyPage('/v1/incidents.atom', FOREIGN)).toHaveLength(MANY);
  });

  test('link to their messages', async () => {
    const { entry, id, link, updated } = await page('/v1/incidents.atom');
    expect(id).toBe('https://border.example/v1/incidents.atom');
    expect(link[0]).toEqual({ '@rel': 'self', '@type': 'application/atom+xml', '@href': id });
    const [first] = entry;
    expect(first!.category.map((one) => one['@term'])).toEqual([
      'smuggling_fuel',
      'moderate',
      'actual',
      'open',
    ]);
    const [cap] = first!.link;
    expect(cap).toMatchObject({ '@rel': 'alternate', '@type': 'application/cap+xml' });
    const answer = await api
      .get(cap!['@href']!.replace('https://border.example', ''))
      .buffer()
      .parse(asText)
      .expect(200);
    const { alert } = parseXml(String(answer.body));
    expect(`urn:uuid:${alert.incidents}`).toBe(first!.id);
    expect(first!.title).toBe(alert.info[0].headline);
    expect(first!.author.name).toBe(alert.info[0].senderName);
    expect(first!.summary).toBe(alert.info[0].description);
    expect(entry.every((one) => Date.parse(one.updated) <= Date.parse(updated))).toBe(true);
  });

  test('show the time of their revision', async () => {
    const { body } = await api
      .post('/v1/incidents')
      .set(REPORTER)
      .send(anIncident({ tlp: 'GREEN', occurredAt: '2026-03-01T00:00:00Z' }));
    const before = (await page('/v1/incidents.atom', REPORTER)).entry[0]!;
    await api.post(`/v1/incidents/${body.id}/reports`).set(REPORTER).send({ severity: 'minor' }).expect(201);
    const after = (await page('/v1/incidents.atom', REPORTER)).entry[0]!;
    expect([before.id, before.published]).toEqual([after.id, after.published]);
    expect(Date.parse(after.updated)).toBeGreaterThan(Date.parse(before.updated));
  });

  test('bring a late report, a revision, a closure, a cancellation and a release to the top', async () => {
    const report = async (occurredAt: string, tlp = 'GREEN') => {
      const { body } = await api
        .post('/v1/incidents')
        .set(REPORTER)
        .send(anIncident({ tlp, occurredAt }))
        .expect(201);
      return body.id as string;
    };
    const top = async () => {
      const { entry, updated } = await page('/v1/incidents.atom', FOREIGN);
      expect(updated).toBe(entry[0]!.updated);
      const [kind, , , state] = entry[0]!.category.map((one) => one['@term']);
      return { id: entry[0]!.id.replace('urn:uuid:', ''), kind, state, updated };
    };
    const change = (id: string, body: object) =>
      api.post(`/v1/incidents/${id}/reports`).set(REPORTER).send(body).expect(201);
    const old = await report('2026-01-03T00:00:00Z');
    const older = await report('2025-12-01T00:00:00Z');
    const hidden = await report('2025-11-01T00:00:00Z', 'AMBER+STRICT');
    const steps: [string, string, () => Promise<unknown>][] = [
      [older, 'open', async () => undefined],
      [old, 'open', () => change(old, { severity: 'minor' })],
      [older, 'closed', () => change(older, { state: 'closed' })],
      [old, 'cancelled', () => change(old, { state: 'cancelled' })],
      [
        hidden,
        'open',
        () =>
          api
            .post('/v1/release')
            .set(as(keyOf('TUN', 'coordinator')))
            .send({ collection: 'incidents', id: hidden, tlp: 'GREEN' })
            .expect(200),
      ],
    ];
    let before = '';
    for (const [id, state, step] of steps) {
      await step();
      const first = await top();
      expect(first).toMatchObject({ id, state });
      expect(first.updated > before).toBe(true);
      before = first.updated;
    }
  });

  test('are pages of RFC 5005 that say where the feed begins', async () => {
    const first = await page('/v1/incidents.atom', REPORTER);
    const second = await page(first.next!.replace('https://border.example', ''), REPORTER);
    const relations = ({ link }: Page) => link.map((one) => one['@rel']);
    expect([relations(first), relations(second)]).toEqual([
      ['self', 'next'],
      ['self', 'first', 'next'],
    ]);
    expect(second.link[1]!['@href']).toBe('https://border.example/v1/incidents.atom');
    expect([second.id, second.title]).toEqual([first.id, first.title]);
    expect(second.updated < first.updated).toBe(true);
  });

  test('are cacheable until something in them changes', async () => {
    const first = await api.get('/v1/incidents.atom').expect(200);
    expect(first.headers['cache-control']).toBe('no-cache');
    await api.get('/v1/incidents.atom').set('If-None-Match', first.headers.etag!).expect(304);
    const own = await api.get('/v1/incidents.atom').set(REPORTER).expect(200);
    expect(own.headers['cache-control']).toBe('private, no-cache');
    expect(own.headers.etag).not.toBe(first.headers.etag);
    await api.get('/v1/incidents.atom').set(REPORTER).set('If-None-Match', first.headers.etag!).expect(200);
  });

  test('refuse a cursor of another list', async () => {
    const list = await api.get('/v1/agencies?limit=1').expect(200);
    const next = new URL(list.body.links.find(({ rel }: { rel: string }) => rel === 'next').href);
    await api.get(`/v1/incidents.atom?cursor=${next.searchParams.get('cursor')}`).expect(400);
    await api.get('/v1/incidents.atom?limit=5').expect(400);
  });
});

describe('alerts as Atom', () => {
  test('are those of the agency, the latest change first, in pages', async () => {
    const [incident] = await asTableOwner<{ id: string }>(
      service.db,
      sql`SELECT i.id FROM base.incident AS i WHERE i.tlp = 'CLEAR' LIMIT 1`,
    );
    const made: string[] = [];
    for (let n = 0; n < 105; n++)
      made.unshift(
        await insertAlert(service, {
          agency: FOREIGN_AGENCY,
          incident: incident!.id,
          trigger: n % 2 ? 'enter' : 'overdue',
          at: new Date(Date.UTC(2026, 1, 1) + n * 1000).toISOString(),
        }),
      );
    const entries = await everyPage('/v1/alerts.atom', FOREIGN);
    expect(entries.map(({ id }) => id)).toEqual(made.map((id) => `urn:uuid:${id}`));
    expect(entries[0]).toMatchObject({ updated: '2026-02-01T00:01:44Z', author: { name: 'Tripoint' } });
    expect(entries[0]!.link[0]!['@href']).toBe(`https://border.example/v1/alerts/${made[0]}.cap`);
    expect(entries[0]!.category[0]!['@term']).toBe('overdue');
    const feed = await page('/v1/alerts.atom', FOREIGN);
    expect(feed.updated).toBe(entries[0]!.updated);
    await api.get('/v1/alerts.atom').expect(401);
    for (const headers of [REPORTER, as(keyOf('DZA', 'reporter', { second: true }))])
      expect(await everyPage('/v1/alerts.atom', headers)).toEqual([]);
    const { entries: log } = await ask(service, { path: '/alerts.atom', headers: FOREIGN });
    expect(log[0]).toMatchObject({ action: 'read', collection: 'alerts', row_count: 100 });
  });

  test('bring distress that is opened again to the top, as another message', async () => {
    const rescue = await keyFor(service, 'LBY', RESCUE_AGENCY.LBY, ['reporter']);
    const told = (incident: string, body: object) =>
      api.post(`/v1/incidents/${incident}/reports`).set(REPORTER).send(body).expect(201);
    const distress = anIncident({ kind: 'distress', at: [11.2, 33.1], tlp: 'RED' });
    const { id } = (await api.post('/v1/incidents').set(REPORTER).send(distress).expect(201)).body;
    const [first] = (await page('/v1/alerts.atom', rescue)).entry;
    await api.post('/v1/incidents').set(REPORTER).send(distress).expect(201);
    const notice = (await api.get('/v1/distress/open').set(rescue).expect(200)).body.features[0].id;
    await api
      .post(`/v1/distress/${notice}/assistance`)
      .set(rescue)
      .send({ state: 'given', outcome: 'not_found' })
      .expect(201);
    await told(id, { state: 'closed' });
    await told(id, { state: 'ongoing' });
    const [again, other] = (await page('/v1/alerts.atom', rescue)).entry;
    expect(again!.id).toBe(first!.id);
    expect(other!.id).not.toBe(first!.id);
    expect(again!.updated > first!.updated).toBe(true);
    const link = again!.link[0]!['@href']!.replace('https://border.example', '');
    const { alert } = parseXml(String((await api.get(link).set(rescue).buffer().parse(asText)).body));
    const alertId = first!.id.replace('urn:uuid:', '');
    expect(alert).toMatchObject({ identifier: `tripoint.alert.${alertId}.2`, msgType: 'Update' });
    const sent = first!.published.replace(/[.]\d+Z|Z$/, '-00:00');
    expect(alert.references).toBe(`tripoint@border.example,tripoint.alert.${alertId}.1,${sent}`);
    await api.post(`/v1/alerts/${alertId}/acknowledgement`).set(rescue).expect(200);
    expect((await page('/v1/alerts.atom', rescue)).entry[0]).toEqual(again);
  });

  test('are a feed even when empty', async () => {
    const { updated, entry } = await page('/v1/alerts.atom', as(keyOf('LBY', 'reader')));
    expect([updated, entry]).toEqual(['1970-01-01T00:00:00Z', []]);
  });
});

withGdal('GDAL', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'georss-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads the entries with their points at the right place', async () => {
    const file = join(folder, 'incidents.atom');
    const { text, entry } = await page('/v1/incidents.atom');
    writeFileSync(file, text);
    const { stdout } = await run('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', file], {
      maxBuffer: 50_000_000,
    });
    const { features } = JSON.parse(stdout);
    expect(
      features.map(({ geometry }: { geometry: { coordinates: number[] } }) => geometry.coordinates),
    ).toEqual(places.slice(0, 100));
    expect(features.map(({ properties }: { properties: { title: string } }) => properties.title)).toEqual(
      entry.map(({ title }) => title),
    );
  });
});
