import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { decide } from '../support/builders.zones.ts';
import { VIEWERS, type Viewer, ZoneOracle } from '../support/consent.oracle.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { expectTrueMembership } from '../support/membership.check.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const ZONES = samples(16, 5);
const EVENTS = 24; // of each zone
const random = randomNumbers(20261127);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

// Squares that overlap, and incidents in each part of them.
const CENTRES: [number, number][] = [
  [8.4, 34.4],
  [8.5, 34.5],
  [8.6, 34.4],
];
const HALF_DEGREES = 0.15;
const areas = CENTRES.map((centre) => aSquare(centre, HALF_DEGREES));
const places = [8.3, 8.4, 8.5, 8.6, 8.7].flatMap((lon) =>
  [34.3, 34.42, 34.6].map((lat): [number, number] => [lon, lat]),
);
const isIn = ([lon, lat]: [number, number], area: number): boolean =>
  Math.abs(lon - CENTRES[area]![0]) < HALF_DEGREES && Math.abs(lat - CENTRES[area]![1]) < HALF_DEGREES;

let service: TestService;
const incidents = new Map<string, [number, number]>();
beforeAll(async () => {
  service = await startService();
  for (const at of places) {
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at, tlp: 'CLEAR' }))
      .expect(201);
    incidents.set(body.id, at);
  }
});
afterAll(() => service.stop());

const headersOf = (viewer: Viewer) => (viewer === 'nobody' ? {} : as(keyOf(viewer, 'reader')));
const operatorOf = ({ owner }: ZoneOracle) => as(keyOf(owner, 'operator'));
const withOwner = (owner: CountryCode): CountryCode[] =>
  COUNTRY_CODES.filter((country) => country === owner || random() < 0.65);
const LATER = '2100-01-01T00:00:00Z';

interface Zone {
  id: string;
  oracle: ZoneOracle;
}

async function makeZone(): Promise<Zone> {
  const owner = pick(COUNTRY_CODES);
  const isProposed = random() < 0.7;
  const tlp = pick(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT']);
  const revision = {
    participants: withOwner(owner),
    area: Math.floor(random() * 3),
    isForLater: random() < 0.2,
  };
  const { body } = await service.api
    .post(`/v1/zones?propose=${isProposed}`)
    .set(as(keyOf(owner, 'operator')))
    .send(
      aZone({
        tlp,
        participants: revision.participants,
        geometry: areas[revision.area]!,
        ...(revision.isForLater && { validFrom: LATER }),
      }),
    )
    .expect(201);
  return { id: body.id, oracle: new ZoneOracle(owner, revision, tlp, isProposed) };
}

// Each sends something that may be refused, and tells the oracle of what was not.
const moves: Record<string, (zone: Zone) => Promise<number>> = {
  async change({ id, oracle }) {
    const revision = {
      participants: withOwner(oracle.owner),
      area: Math.floor(random() * 3),
      isForLater: random() < 0.2,
    };
    const { participants, isForLater } = revision;
    const properties = { participants, validFrom: isForLater ? LATER : '2026-01-01T00:00:00Z' };
    const { status } = await service.api
      .patch(`/v1/zones/${id}`)
      .set(operatorOf(oracle))
      .send({ geometry: areas[revision.area], properties });
    if (status === 200 && oracle.isProposed) oracle.revisions.push(revision);
    if (status === 200 && !oracle.isProposed) oracle.revisions[0] = revision;
    return status;
  },
  async relabel({ id, oracle }) {
    const tlp = pick(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT']);
    const change = { properties: { tlp } };
    const { status } = await service.api.patch(`/v1/zones/${id}`).set(operatorOf(oracle)).send(change);
    if (status === 200) oracle.tlp = tlp;
    return status;
  },
  async propose({ id, oracle }) {
    const { status, body } = await service.api.post(`/v1/zones/${id}/proposal`).set(operatorOf(oracle));
    if (status !== 200) return status;
    if (oracle.isProposed) oracle.revisions.push({ ...oracle.revisions.at(-1)! });
    oracle.isProposed = true;
    expect(body.properties.revision).toBe(oracle.newest);
    return status;
  },
  async withdraw({ id, oracle }) {
    if (!oracle.isProposed || random() < 0.8) return 0;
    const { status } = await service.api.delete(`/v1/zones/${id}`).set(operatorOf(oracle));
    if (status === 204) oracle.isWithdrawn = true;
    return status;
  },
  async decide({ id, oracle }) {
    const country = pick(COUNTRY_CODES);
    const revision = random() < 0.85 ? oracle.newest : 1 + Math.floor(random() * oracle.newest);
    const decision = pick(['approve', 'approve', 'approve', 'approve', 'reject', 'withdraw'] as const);
    const said = { decision, revision, ...(decision === 'reject' && { reason: `No ${random()}` }) };
    const { status } = await decide(service.api, id, country, said);
    if (status === 201) oracle.decide(country, revision, decision);
    return status;
  },
  async leave(zone) {
    const revision = zone.oracle.inForce;
    if (!revision || random() < 0.4) return 0;
    const country = pick(zone.oracle.revisions[revision - 1]!.participants);
    const { status } = await decide(service.api, zone.id, country, { decision: 'withdraw', revision });
    expect(status).toBe(201);
    zone.oracle.decide(country, revision, 'withdraw');
    return status;
  },
  // a new revision has some consents when somebody leaves what is in force, and gets the others afterwards
  async interrupt(zone) {
    const { inForce } = zone.oracle;
    if (!inForce) return 0;
    await moves.change!(zone);
    await moves.approve!(zone);
    if (zone.oracle.inForce === inForce) await moves.leave!(zone);
    return moves.approve!(zone);
  },
  async approve(zone) {
    const { newest } = zone.oracle;
    const some = zone.oracle.revisions[newest - 1]!.participants.filter(() => random() < 0.6);
    for (const country of some) {
      const { status } = await decide(service.api, zone.id, country, {
        decision: 'approve',
        revision: newest,
      });
      if (status === 201) zone.oracle.decide(country, newest, 'approve');
    }
    return 0;
  },
};
const MOVES = 'decide decide approve approve approve change interrupt leave propose relabel withdraw'.split(
  ' ',
);

const tally: Record<string, number> = {};

async function expectAsDesigned({ id, oracle }: Zone, move: string): Promise<void> {
  for (const viewer of VIEWERS) {
    const expected = oracle.shownTo(viewer);
    const get = (path: string) => service.api.get(`/v1/zones/${id}${path}`).set(headersOf(viewer));
    const { status, body } = await get('');
    const shown =
      status === 200 ? { revision: body.properties.revision, state: body.properties.state } : undefined;
    expect({ move, viewer, shown }).toEqual({ move, viewer, shown: expected });
    if (!expected) continue;
    tally[expected.state] = (tally[expected.state] ?? 0) + 1;
    const { features, agreed } = (await get('/incidents').expect(200)).body;
    expect([move, viewer, agreed]).toEqual([move, viewer, body.properties.agreed]);
    const { area } = oracle.revisions[expected.revision - 1]!;
    const holds = ['proposed', 'active'].includes(expected.state);
    const inside = [...incidents].filter(([, at]) => holds && isIn(at, area)).map(([one]) => one);
    expect(features.map((one: { id: string }) => one.id).sort()).toEqual(inside.sort());
  }
}

test(`${ZONES} zones through ${EVENTS} random events each are in force only by everybody's consent, with correct membership`, async () => {
  const statuses: Record<number, number> = {};
  for (let n = 0; n < ZONES; n++) {
    const zone = await makeZone();
    for (let event = 0; event < EVENTS && !zone.oracle.isWithdrawn; event++) {
      const move = pick(MOVES);
      const status = await moves[move]!(zone);
      statuses[status] = (statuses[status] ?? 0) + 1;
      countRuns();
      await expectAsDesigned(zone, `zone ${n}, event ${event}: ${move} ${status}`);
    }
  }
  await expectTrueMembership(service.db);
  // that this tries something: each state, and each kind of refusal
  for (const state of ['draft', 'proposed', 'active', 'suspended', 'withdrawn'])
    expect([state, (tally[state] ?? 0) > samples(3, 0)]).toEqual([state, true]);
  for (const status of [200, 201, 403, 404, 409])
    expect([status, (statuses[status] ?? 0) > 0]).toEqual([status, true]);
}, 600_000);
