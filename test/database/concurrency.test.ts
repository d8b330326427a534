import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest, { type Test } from 'supertest';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { everyone } from '../support/audience.oracle.ts';
import { aZone } from '../support/builders.ts';
import { agreeZone, decide, readZone } from '../support/builders.zones.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { expectTrueMembership } from '../support/membership.check.ts';
import { aRandomIncident } from '../support/membership.incidents.ts';
import { starWithHole } from '../support/membership.shapes.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// The embedded database has one connection: nothing can be written at the same time there.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const random = randomNumbers(20261125);
const operator = as(keyOf('TUN', 'operator'));
const reporter = as(keyOf('TUN', 'reporter'));
const anArea = () => starWithHole(random, [8.5 + random(), 34 + random()], 40, 0.6);
const areas = [anArea(), anArea(), anArea()];

onServer('many writers at the same time (on a server; the embedded database has one connection)', () => {
  let service: TestService;
  let server: Server;
  let api: TestService['api'];
  beforeAll(async () => {
    service = await startService();
    server = service.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    api = supertest(server);
  });
  afterAll(async () => {
    server.close();
    await service.stop();
  });

  const createZone = () =>
    api
      .post('/v1/zones?propose=true')
      .set(operator)
      .send(aZone({ geometry: anArea(), participants: [...COUNTRY_CODES] }));
  const agreeZones = async (count: number, participants: CountryCode[] = [...COUNTRY_CODES]) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++)
      ids.push((await agreeZone(api, 'TUN', { geometry: anArea(), participants })).id);
    return ids;
  };
  const changeZone = (id: string) => api.patch(`/v1/zones/${id}`).set(operator).send({ geometry: anArea() });
  const createIncident = (more?: object) =>
    api
      .post('/v1/incidents')
      .set(reporter)
      .send(aRandomIncident(random, areas, more));
  const moveIncident = (id: string) =>
    api
      .post(`/v1/incidents/${id}/reports`)
      .set(reporter)
      .send({ geometry: aRandomIncident(random, areas).geometry });
  const importLines = (features: readonly object[], key = keyOf('TUN', 'reporter')) =>
    api
      .post('/v1/incidents/import')
      .set(as(key))
      .type('application/geo+json-seq')
      .send(features.map((feature) => JSON.stringify(feature)).join('\n'));

  const repeat = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const idsOf = async (requests: Test[]): Promise<string[]> =>
    (await Promise.all(requests)).map(({ body }) => body.id);

  /** Sends all at once, in a random order, and answers the statuses that are not the expected ones. */
  async function sendAtOnce(requests: (() => Test)[]): Promise<unknown[]> {
    const order = requests.map((send) => ({ send, key: random() })).sort((a, b) => a.key - b.key);
    const answers = await Promise.all(order.map(({ send }) => send()));
    return answers.filter(({ status }) => status >= 300).map(({ status, body }) => ({ status, ...body }));
  }

  test('lose no pair of zone and incident, and do not deadlock', async () => {
    const zones = await agreeZones(7);
    const proposals = await idsOf(repeat(5, createZone));
    const incidents = await idsOf(repeat(40, () => createIncident()));
    const set = repeat(30, (n) => aRandomIncident(random, areas, { source: 'race', externalId: `${n}` }));
    const refused = await sendAtOnce([
      ...repeat(40, () => () => createIncident()),
      ...repeat(10, () => createZone),
      ...zones.slice(0, 5).map((id) => () => changeZone(id)),
      ...zones.slice(0, 5).map((id) => () => changeZone(id)),
      ...zones.slice(5).map((id) => () => api.delete(`/v1/zones/${id}`).set(operator)),
      ...proposals.flatMap((id) =>
        COUNTRY_CODES.map((country) => () => decide(api, id, country, { decision: 'approve', revision: 1 })),
      ),
      ...incidents.map((id) => () => moveIncident(id)),
      ...everyone.map(
        ({ key }) =>
          () =>
            importLines(set, key),
      ),
    ]);
    expect(refused).toEqual([]);
    for (const id of proposals)
      expect((await readZone(api, 'TUN', id)).properties).toMatchObject({ state: 'active', agreed: true });
    await expectTrueMembership(service.db);
  });

  test('see both of two changes of a zone and of an incident in it', async () => {
    const [zone] = await agreeZones(1, ['TUN']);
    const incidents = await idsOf(repeat(20, () => createIncident()));
    const refused = await sendAtOnce([
      ...repeat(20, () => () => changeZone(zone!)),
      ...incidents.flatMap((id) => [() => moveIncident(id), () => moveIncident(id)]),
    ]);
    expect(refused).toEqual([]);
    const { body } = await api.get(`/v1/zones/${zone}?revision=latest`).set(operator);
    expect(body.properties).toMatchObject({ revision: 21, state: 'proposed' });
    await expectTrueMembership(service.db);
  });

  test('may send the same file concurrently, forwards and backwards, new or changed', async () => {
    const label = { tlp: 'AMBER', releasableTo: ['DZA'] }; // the same: reporters may not widen
    const aFile = () =>
      repeat(150, (n) => aRandomIncident(random, areas, { ...label, source: 'twice', externalId: `${n}` }));
    const sendBothWays = async (file: object[]) => {
      const backwards = [...file].reverse();
      const answers = await Promise.all(
        [file, backwards, file, backwards].map((lines) => importLines(lines)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(answers.map(({ body }) => body.rejected.lines)).toEqual([[], [], [], []]);
      const sum = (name: string) => answers.reduce((total, { body }) => total + body[name], 0);
      return { accepted: sum('accepted'), known: sum('updated') + sum('unchanged') };
    };
    expect(await sendBothWays(aFile())).toEqual({ accepted: 150, known: 450 });
    const changed = aFile();
    expect(await sendBothWays(changed)).toEqual({ accepted: 0, known: 600 });
    expect((await importLines(changed)).body).toMatchObject({ accepted: 0, updated: 0, unchanged: 150 });
    await expectTrueMembership(service.db);
  });
});
