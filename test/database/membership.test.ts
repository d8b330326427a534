import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MultiPolygon, Polygon } from 'geojson';
import { v7 as uuidv7 } from 'uuid';
import { everyone } from '../support/audience.oracle.ts';
import { agreeChange, agreeZone, approve, decide, type ZoneFeature } from '../support/builders.zones.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { expectTrueMembership, type Truth } from '../support/membership.check.ts';
import { expectTrueAnswers } from '../support/membership.http.check.ts';
import { anAccuracy, aRandomIncident } from '../support/membership.incidents.ts';
import {
  archipelago,
  diamond,
  polygon,
  rectangle,
  starRing,
  starWithHole,
} from '../support/membership.shapes.ts';
import { samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

type Area = Polygon | MultiPolygon;

const random = randomNumbers(20261124);

const drawn: Record<string, Area> = {
  'a star with a hole': starWithHole(random, [8.4, 35.2], 40, 0.8),
  'an archipelago': archipelago(random, [10, 33], 0.5),
  'a triangle with long edges': polygon([
    [7.1, 31.3],
    [11.9, 33.7],
    [9.3, 36.9],
    [7.1, 31.3],
  ]),
  'a rectangle with a hole': polygon(rectangle(8, 34, 10, 35.5), rectangle(8.5, 34.25, 9, 35)),
  'its neighbour': polygon(rectangle(10, 34.25, 10.75, 35.5)),
  'a diamond of many vertices': polygon(diamond([9, 32.5], 40)),
  'a star of 600 corners': polygon(starRing(random, [8.7, 34.6], 600, 0.9)),
};
const areas = Object.values(drawn);

const rules = {
  'both sides of a stretch': { border: 'DZA-TUN', fromKm: 300, toKm: 420, widthMetres: 15_000, side: 'both' },
  'one side of a stretch': { border: 'DZA-TUN', fromKm: 380, toKm: 500, widthMetres: 30_000, side: 'TUN' },
  'a strip along a segment': { segment: 'LBY-TUN-02', widthMetres: 8000, side: 'both' },
  'a disc around a crossing': { crossing: 'ras-ajdir', radiusMetres: 12_000 },
};
const PARTICIPANTS = ['DZA', 'LBY', 'TUN'];

let service: TestService;
const zoneIds: Record<string, string> = {};
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const operator = as(keyOf('TUN', 'operator'));

async function draw(name: string, change: Parameters<typeof agreeZone>[2]): Promise<void> {
  zoneIds[name] = (await agreeZone(service.api, 'TUN', change)).id;
}
const drawArea = (name: string) =>
  draw(name, { geometry: drawn[name]!, participants: PARTICIPANTS, tlp: 'CLEAR' });
const patch = (name: string, change: object) => agreeChange(service.api, 'TUN', zoneIds[name]!, change);

const importAs = async (key: string, features: readonly object[]) => {
  const { body } = await service.api
    .post('/v1/incidents/import')
    .set(as(key))
    .type('application/geo+json-seq')
    .send(features.map((feature) => JSON.stringify(feature)).join('\n'))
    .expect(200);
  expect(body.rejected).toEqual({ total: 0, lines: [] });
  return body;
};

/** Sets of incidents with an identity, one for each caller, so that they can be imported again. */
const someIncidents = (each: number) =>
  everyone.map(({ key }) => ({
    key,
    features: Array.from({ length: each }, (_, n) =>
      aRandomIncident(random, areas, { source: 'membership', externalId: `${n}` }),
    ),
  }));
const INCIDENTS_EACH = samples(40, 16);
const sets = someIncidents(INCIDENTS_EACH);

async function expectTruth(): Promise<Truth> {
  const truth = await expectTrueMembership(service.db);
  await expectTrueAnswers(service, truth);
  return truth;
}

const tally = ({ zones, incidents, relation }: Truth) => {
  const counts = { inside: 0, edge: 0, possible: 0, none: 0, undecided: 0 };
  for (const zone of zones)
    for (const { id } of incidents) {
      const [one, other] = relation(zone, id);
      counts[other ? 'undecided' : one!] += 1;
    }
  return counts;
};

describe('zone membership equals a brute-force computation on random data', () => {
  test('after a bulk import into existing zones', async () => {
    for (const name of Object.keys(drawn).slice(0, 4)) await drawArea(name);
    for (const { key, features } of sets) await importAs(key, features);
    const { inside, edge, possible, none, undecided } = tally(await expectTruth());
    for (const count of [inside, edge, possible, none]) expect(count).toBeGreaterThan(samples(30, 8));
    expect(undecided).toBeLessThan(20);
  });

  test('after new zones over existing incidents', async () => {
    for (const name of Object.keys(drawn).slice(4)) await drawArea(name);
    const truth = await expectTruth();
    expect(truth.zones.length).toBeGreaterThanOrEqual(7);
  });

  test('after zones were derived from rules', async () => {
    for (const [name, derivedFrom] of Object.entries(rules))
      await draw(name, { derivedFrom, participants: PARTICIPANTS });
    await expectTruth();
  });

  test('after single reports, with POST and PUT', async () => {
    for (const [n, { key }] of [...everyone, ...everyone, ...everyone].entries()) {
      const feature = aRandomIncident(random, areas);
      const id = uuidv7();
      const request =
        n % 2 === 0 ? service.api.post('/v1/incidents') : service.api.put(`/v1/incidents/${id}`);
      await request.set(as(key)).send(feature).expect(201);
    }
    await expectTruth();
  });

  test('after reports changed positions and accuracies', async () => {
    const before = await expectTrueMembership(service.db);
    const changes = before.incidents.filter((_, n) => n % 4 === 0);
    for (const [n, { id, owner }] of changes.entries()) {
      const { geometry } = aRandomIncident(random, areas);
      const horizontalAccuracyMetres = anAccuracy(random);
      const said = [{ geometry }, { horizontalAccuracyMetres }, { geometry, horizontalAccuracyMetres }][
        n % 3
      ]!;
      const reporters = everyone.filter(({ country }) => country === owner);
      const answers = await reportAsAnyOf(id, said, reporters);
      expect(answers).toContain(201);
    }
    const after = await expectTruth();
    expect(tally(after)).not.toEqual(tally(before));
  });

  test('after areas and rules changed', async () => {
    await patch('a star with a hole', { geometry: starWithHole(random, [8.6, 35], 30, 0.7) });
    await patch('its neighbour', { geometry: drawn['an archipelago'] });
    await patch('both sides of a stretch', {
      properties: { derivedFrom: { ...rules['both sides of a stretch'], widthMetres: 25_000 } },
    });
    await patch('one side of a stretch', { geometry: polygon(rectangle(8.25, 33.5, 9.5, 34.5)) });
    await patch('a triangle with long edges', {
      derivedFrom: { border: 'LBY-TUN', fromKm: 0, toKm: 100, widthMetres: 20_000, side: 'both' },
    });
    await expectTruth();
  });

  test('after a change that keeps the area', async () => {
    await patch('an archipelago', { properties: { purpose: 'Watch of the coast' } });
    await patch('a star of 600 corners', {
      properties: { tlp: 'AMBER+STRICT', participants: ['LBY', 'TUN'] },
    });
    await patch('a strip along a segment', { properties: { participants: ['LBY', 'TUN'] } });
    await expectTruth();
  });

  test('while changes wait for consent, and after one is agreed', async () => {
    const names = ['a rectangle with a hole', 'a star with a hole', 'a disc around a crossing'];
    const proposals: ZoneFeature[] = [];
    for (const name of names) {
      const change = { geometry: starWithHole(random, [9.5, 34.5], 30, 0.6) };
      const path = `/v1/zones/${zoneIds[name]}`;
      proposals.push((await service.api.patch(path).set(operator).send(change).expect(200)).body);
    }
    const before = await expectTruth();
    for (const [n, { id }] of proposals.entries())
      expect([n, before.zones.find((zone) => zone.id === id)?.revision]).toEqual([n, n === 1 ? 2 : 1]);
    await approve(service.api, proposals[0]!);
    const after = await expectTruth();
    expect(after.zones.find(({ id }) => id === proposals[0]!.id)?.revision).toBe(2);
  });

  test('after a participant withdrew', async () => {
    const id = zoneIds['a disc around a crossing']!;
    await decide(service.api, id, 'LBY', { decision: 'withdraw', revision: 1 }).expect(201);
    const { zones } = await expectTruth();
    expect(zones.map((zone) => zone.id)).not.toContain(id);
  });

  test('after zones were withdrawn', async () => {
    const names = ['a diamond of many vertices', 'an archipelago', 'both sides of a stretch'];
    for (const name of names)
      await service.api.delete(`/v1/zones/${zoneIds[name]}`).set(operator).expect(204);
    await expectTruth();
    const { body } = await service.api
      .get(`/v1/zones/${zoneIds['an archipelago']}/incidents`)
      .query({ match: 'possible' })
      .expect(200);
    expect(body.features).toEqual([]);
  });

  test('after an import that changes places, accuracies, labels and times of known incidents', async () => {
    const changed = someIncidents(INCIDENTS_EACH);
    for (const [n, { key, features }] of changed.entries()) {
      const some = features.map((feature, k) => {
        const was = sets[n]!.features[k]!;
        return k % 2 === 0 ? relabelled(feature, k % 4 === 0 ? { tlp: 'RED' } : was.properties) : was;
      });
      const { accepted, updated } = await importAs(key, some);
      expect({ accepted, updated }).toEqual({ accepted: 0, updated: INCIDENTS_EACH / 2 });
    }
    await expectTruth();
  });
});

/** Reporters may let fewer see a known incident, not more. */
const relabelled = (
  feature: ReturnType<typeof aRandomIncident>,
  { tlp, releasableTo = [] }: { tlp: string; releasableTo?: unknown },
) => ({ ...feature, properties: { ...feature.properties, tlp, releasableTo } });

/** Tries callers in turn: a RED incident exists for one agency only. */
async function reportAsAnyOf(
  id: string,
  said: object,
  callers: readonly { key: string }[],
): Promise<number[]> {
  const statuses: number[] = [];
  for (const { key } of callers) {
    if (statuses.includes(201)) break;
    const answer = await service.api.post(`/v1/incidents/${id}/reports`).set(as(key)).send(said);
    statuses.push(answer.status);
  }
  return statuses;
}
