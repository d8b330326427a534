import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode, ROLES } from '../../src/core/caller.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import {
  agreeChange,
  agreeZone,
  approve,
  decide,
  proposeZone,
  readZone,
  type ZoneFeature,
} from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
});
afterAll(() => service.stop());

const operator = as(keyOf('DZA', 'operator'));
const propose = (change: Parameters<typeof aZone>[0] = {}) => proposeZone(api, 'DZA', change);
const agree = (change: Parameters<typeof aZone>[0] = {}) => agreeZone(api, 'DZA', change);
const patch = async (id: string, properties: object): Promise<ZoneFeature> =>
  (await api.patch(`/v1/zones/${id}`).set(operator).send({ properties }).expect(200)).body;
const newest = async (id: string): Promise<ZoneFeature> =>
  (await api.get(`/v1/zones/${id}?revision=latest`).set(operator).expect(200)).body;
const yes = (revision = 1) => ({ decision: 'approve', revision });
const no = (revision = 1, reason = 'Too wide.') => ({ decision: 'reject', revision, reason });
const leave = (revision = 1) => ({ decision: 'withdraw', revision });
const stateOf = async (id: string) => (await readZone(api, 'DZA', id)).properties.state;
const consentsOf = async (id: string, country: CountryCode = 'DZA') =>
  (
    await api
      .get(`/v1/zones/${id}/consents`)
      .set(as(keyOf(country, 'reader')))
      .expect(200)
  ).body.consents as Record<string, unknown>[];
const waitingFor = async (country: CountryCode): Promise<ZoneFeature[]> =>
  (
    await api
      .get('/v1/consents/waiting?limit=1000')
      .set(as(keyOf(country, 'coordinator')))
      .expect(200)
  ).body.features;
const waits = async (country: CountryCode, id: string) =>
  (await waitingFor(country)).find((zone) => zone.id === id)?.properties.revision;

describe('a zone', () => {
  test('is a draft, then proposed, then active when every participant has approved it', async () => {
    const made = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    const { id, properties } = made.body;
    expect(properties).toMatchObject({ state: 'draft', agreed: false, awaiting: [], proposedAt: null });
    const { body: proposed } = await api.post(`/v1/zones/${id}/proposal`).set(operator).expect(200);
    expect(proposed.properties).toMatchObject({
      state: 'proposed',
      revision: 1,
      agreed: false,
      awaiting: ['DZA', 'TUN'],
      effectiveFrom: null,
    });
    const { body: first } = await decide(api, id, 'TUN', yes()).expect(201);
    expect(first).toMatchObject({ state: 'proposed', agreed: false, awaiting: ['DZA'] });
    expect(await stateOf(id)).toBe('proposed');
    const { body: last } = await decide(api, id, 'DZA', yes()).expect(201);
    expect(last).toMatchObject({ state: 'active', agreed: true, awaiting: [] });
    expect((await readZone(api, 'TUN', id)).properties).toMatchObject({
      state: 'active',
      agreed: true,
      awaiting: [],
      proposedAt: proposed.properties.proposedAt,
      effectiveFrom: last.at,
      effectiveTo: null,
    });
  });

  test('of one country needs the approval of its coordinator too', async () => {
    const { id } = await propose({ participants: ['DZA'] });
    expect(await stateOf(id)).toBe('proposed');
    expect((await decide(api, id, 'DZA', yes()).expect(201)).body.state).toBe('active');
  });

  test('is proposed at once with ?propose=true', async () => {
    const { properties } = await propose();
    expect(properties).toMatchObject({ state: 'proposed', revision: 1 });
    await api.post('/v1/zones?propose=perhaps').set(operator).send(aZone()).expect(400);
  });

  test('that is proposed or agreed cannot be proposed again', async () => {
    const zone = await propose();
    const again = () => api.post(`/v1/zones/${zone.id}/proposal`).set(operator).expect(409);
    expect((await again()).body).toMatchObject({
      type: '/problems/state-not-allowed',
      detail: 'Revision 1 is proposed already; it waits for DZA, TUN.',
    });
    await approve(api, zone);
    expect((await again()).body.detail).toMatch(/Change it with PATCH/);
  });
});

describe('a decision', () => {
  test('is stored as sent, and shown to the participants in order', async () => {
    const { id } = await propose();
    const { body, headers } = await decide(api, id, 'TUN', no()).expect(201);
    expect(body).toMatchObject({
      zone: id,
      revision: 1,
      country: 'TUN',
      agency: agencyOf(keyOf('TUN', 'coordinator')),
      decision: 'reject',
      reason: 'Too wide.',
      state: 'proposed',
      awaiting: ['DZA', 'TUN'],
    });
    expect(headers.location).toBe(`/v1/zones/${id}/consents`);
    await decide(api, id, 'DZA', yes()).expect(201);
    await decide(api, id, 'TUN', { ...yes(), reason: 'Narrow enough at night.' }).expect(201);
    for (const country of ['DZA', 'TUN'] as const)
      expect(
        (await consentsOf(id, country)).map(({ country: by, decision, reason }) => [by, decision, reason]),
      ).toEqual([
        ['TUN', 'reject', 'Too wide.'],
        ['DZA', 'approve', null],
        ['TUN', 'approve', 'Narrow enough at night.'],
      ]);
    const pages = await readPages(api, `/v1/zones/${id}/consents?limit=1`, operator);
    expect(pages).toHaveLength(3);
  });

  test('may change while the revision waits: the latest one of each country counts', async () => {
    const { id } = await propose();
    await decide(api, id, 'DZA', yes()).expect(201);
    await decide(api, id, 'DZA', no()).expect(201);
    await decide(api, id, 'TUN', yes()).expect(201);
    expect(await stateOf(id)).toBe('proposed');
    await decide(api, id, 'DZA', yes()).expect(201);
    expect(await stateOf(id)).toBe('active');
  });

  test('that is repeated changes nothing', async () => {
    const { id } = await propose();
    const { body: first } = await decide(api, id, 'TUN', yes()).expect(201);
    const { body: again } = await decide(api, id, 'TUN', yes()).expect(200);
    expect(again).toEqual(first);
    await decide(api, id, 'DZA', no()).expect(201);
    await decide(api, id, 'DZA', no()).expect(200);
    await decide(api, id, 'DZA', no(1, 'Too long.')).expect(201);
    await decide(api, id, 'DZA', yes()).expect(201);
    expect((await decide(api, id, 'TUN', yes()).expect(200)).body.state).toBe('active');
    await decide(api, id, 'DZA', leave()).expect(201);
    expect((await decide(api, id, 'DZA', leave()).expect(200)).body.state).toBe('suspended');
    expect(await consentsOf(id)).toHaveLength(5);
  });

  test('to reject needs a reason, without personal data', async () => {
    const { id } = await propose();
    for (const reason of [undefined, '', ' ']) {
      const { body } = await decide(api, id, 'TUN', { ...no(), reason }).expect(422);
      expect(body.detail).toMatch(/reason.*rejection needs a reason/);
      expect(body.errors).toMatchObject([{ in: 'body', path: 'reason' }]);
    }
    const { body } = await decide(api, id, 'TUN', no(1, 'Call +216 22 345 678')).expect(422);
    expect(body.detail).toMatch(/reason.*phone/);
    expect(await consentsOf(id)).toEqual([]);
  });

  const malformed: [body: unknown, words: RegExp][] = [
    [{ decision: 'approve' }, /revision/],
    [{ revision: 1 }, /decision/],
    [{ decision: 'agree', revision: 1 }, /decision.*agree/],
    [{ decision: 'approve', revision: 0 }, /revision/],
    [{ decision: 'approve', revision: '1' }, /revision/],
    [{ ...yes(), country: 'TUN' }, /country.*not known/],
    [{ ...yes(), at: '2026-01-01' }, /at.*not known/],
  ];
  test.each(malformed)('%j is refused', async (body, words) => {
    const { id } = await propose();
    expect((await decide(api, id, 'DZA', body as object).expect(400)).body.detail).toMatch(words);
  });

  test('is for coordinators of participants', async () => {
    const { id } = await agree({ tlp: 'GREEN' });
    const say = (headers: Record<string, string>) =>
      api.post(`/v1/zones/${id}/consents`).set(headers).send(leave());
    await say({}).expect(401);
    for (const role of ROLES.filter((one) => one !== 'coordinator'))
      await say(as(keyOf('DZA', role))).expect(403);
    const { body } = await say(as(keyOf('LBY', 'coordinator'))).expect(403);
    expect(body.detail).toBe(
      'Only coordinators of DZA, TUN, the participants of revision 1, decide about it.',
    );
    expect(await stateOf(id)).toBe('active');
  });

  test('about a hidden zone gets the answer of a missing one', async () => {
    const { id } = await propose();
    const { body } = await decide(api, id, 'LBY', yes()).expect(404);
    expect(body.detail).toBe(`There is no zone with id ${id}.`);
    await decide(api, 'nowhere', 'LBY', yes()).expect(404);
    const draft = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    await decide(api, draft.body.id, 'TUN', yes()).expect(404);
    const own = await decide(api, draft.body.id, 'DZA', yes()).expect(409);
    expect(own.body.detail).toBe(
      'Revision 1 is a draft, which cannot be approved. Its operators propose it first.',
    );
  });
});

describe('a new revision', () => {
  test('needs every consent again, and the agreed one stays in force meanwhile', async () => {
    const first = await agree();
    const second = await patch(first.id, { purpose: 'At night' });
    expect(second.properties).toMatchObject({ revision: 2, state: 'proposed', awaiting: ['DZA', 'TUN'] });
    await decide(api, first.id, 'DZA', yes(2)).expect(201);
    expect(await readZone(api, 'TUN', first.id)).toEqual(first);
    await decide(api, first.id, 'TUN', yes(2)).expect(201);
    const { properties } = await readZone(api, 'TUN', first.id);
    expect(properties).toMatchObject({ revision: 2, state: 'active', purpose: 'At night' });
    const before = await api.get(`/v1/zones/${first.id}/revisions/1`).set(operator).expect(200);
    expect(before.body.properties).toMatchObject({ state: 'expired', effectiveTo: properties.effectiveFrom });
  });

  test('of a zone that was never agreed replaces the older one', async () => {
    const { id } = await propose();
    await decide(api, id, 'DZA', yes()).expect(201);
    await patch(id, { purpose: 'At night' });
    const stale = await decide(api, id, 'TUN', yes()).expect(409);
    expect(stale.body).toMatchObject({ type: '/problems/stale-revision' });
    expect(stale.body.detail).toMatch(/Revision 1.*not open for decision.*revision=latest/);
    await decide(api, id, 'TUN', yes(2)).expect(201);
    expect(await newest(id)).toMatchObject({ properties: { state: 'proposed', awaiting: ['DZA'] } });
    await decide(api, id, 'DZA', yes(2)).expect(201);
    expect((await readZone(api, 'DZA', id)).properties).toMatchObject({ state: 'active', revision: 2 });
  });

  test('that does not exist cannot be decided about', async () => {
    const { id } = await propose();
    const { body } = await decide(api, id, 'TUN', yes(7)).expect(409);
    expect(body.type).toBe('/problems/stale-revision');
    expect(body.detail).toMatch(/Revision 7.*newest that you see is 1/);
  });

  test('may be rejected, and the agreed one stays', async () => {
    const { id } = await agree();
    await patch(id, { purpose: 'At night' });
    await decide(api, id, 'TUN', no(2)).expect(201);
    expect((await readZone(api, 'TUN', id)).properties).toMatchObject({ revision: 1, state: 'active' });
    const late = await decide(api, id, 'TUN', no(1)).expect(409);
    expect(late.body.detail).toBe(
      'Revision 1 is in force and cannot be rejected. Withdraw your consent instead.',
    );
  });

  test('is not created by a label change, which needs no consent', async () => {
    const { id } = await agree({ tlp: 'AMBER' });
    const { properties } = await patch(id, { tlp: 'AMBER+STRICT' });
    expect(properties).toMatchObject({ tlp: 'AMBER+STRICT', revision: 1, state: 'active', agreed: true });
    expect((await newest(id)).properties).toMatchObject({ tlp: 'AMBER+STRICT', revision: 1 });
    const both = await patch(id, { tlp: 'AMBER', purpose: 'At night' });
    expect(both.properties).toMatchObject({ tlp: 'AMBER', revision: 2, state: 'proposed' });
    expect((await readZone(api, 'TUN', id)).properties).toMatchObject({ tlp: 'AMBER', revision: 1 });
  });

  test('cannot hide the zone from the participants of the revision in force', async () => {
    const { id } = await agree();
    const { body } = await api
      .patch(`/v1/zones/${id}`)
      .set(operator)
      .send({ properties: { tlp: 'RED', participants: ['DZA'] } })
      .expect(422);
    expect(body.detail).toMatch(/tlp: RED/);
  });
});

describe('a participant that withdraws', () => {
  test('suspends the zone at once, and all consents are needed again', async () => {
    const { id } = await agree();
    const { body } = await decide(api, id, 'TUN', leave()).expect(201);
    expect(body).toMatchObject({ state: 'suspended', agreed: false, reason: null });
    expect((await readZone(api, 'DZA', id)).properties).toMatchObject({
      state: 'suspended',
      agreed: false,
      effectiveTo: body.at,
    });
    for (const country of ['DZA', 'TUN'] as const) {
      const { body: problem } = await decide(api, id, country, yes()).expect(409);
      expect(problem.detail).toBe(
        'Revision 1 is suspended and cannot be approved. Its operators can propose it again.',
      );
    }
    const again = await api.post(`/v1/zones/${id}/proposal`).set(operator).expect(200);
    expect(again.body.properties).toMatchObject({ revision: 2, state: 'proposed', awaiting: ['DZA', 'TUN'] });
    expect(again.body.geometry).toEqual((await readZone(api, 'DZA', id)).geometry);
    expect(await stateOf(id)).toBe('suspended');
    await approve(api, again.body);
    expect((await readZone(api, 'TUN', id)).properties).toMatchObject({ state: 'active', revision: 2 });
  });

  test('also voids the approvals of a waiting revision', async () => {
    const { id } = await agree();
    const participants = [...COUNTRY_CODES];
    await patch(id, { participants });
    await decide(api, id, 'DZA', yes(2)).expect(201);
    await decide(api, id, 'TUN', yes(2)).expect(201);
    await decide(api, id, 'TUN', leave(1)).expect(201);
    // Libya does not see the past of the zone, and cannot bring it into force with what is left of it
    const { body } = await decide(api, id, 'LBY', yes(2)).expect(201);
    expect(body).toMatchObject({ state: 'proposed', agreed: false, awaiting: ['DZA', 'TUN'] });
    await decide(api, id, 'DZA', yes(2)).expect(201);
    await decide(api, id, 'TUN', yes(2)).expect(201);
    expect((await readZone(api, 'LBY', id)).properties).toMatchObject({ state: 'active', revision: 2 });
  });

  test('takes its approval back while the revision waits', async () => {
    const { id } = await propose();
    await decide(api, id, 'DZA', yes()).expect(201);
    const { body } = await decide(api, id, 'DZA', leave()).expect(201);
    expect(body).toMatchObject({ state: 'proposed', awaiting: ['DZA', 'TUN'] });
    await decide(api, id, 'TUN', yes()).expect(201);
    expect(await stateOf(id)).toBe('proposed');
  });

  test('must have approved first', async () => {
    const { id } = await propose();
    const { body } = await decide(api, id, 'TUN', leave()).expect(409);
    expect(body.detail).toBe(
      'TUN has not approved revision 1, so there is no consent to withdraw. Reject it instead.',
    );
  });
});

describe('an operator of the owner country that deletes', () => {
  test('removes a draft without a trace', async () => {
    const { body } = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    await api.delete(`/v1/zones/${body.id}`).set(operator).expect(204);
    for (const path of ['', '/revisions', '/consents'])
      await api.get(`/v1/zones/${body.id}${path}`).set(operator).expect(404);
    await api.delete(`/v1/zones/${body.id}`).set(operator).expect(404);
  });

  test.each([
    ['proposed', propose],
    ['agreed', agree],
  ])('withdraws a zone that was %s: no more decisions about it are possible', async (_, make) => {
    const { id } = await make();
    await patch(id, { purpose: 'At night' });
    await api.delete(`/v1/zones/${id}`).set(operator).expect(204);
    expect((await readZone(api, 'TUN', id)).properties).toMatchObject({ state: 'withdrawn', agreed: false });
    const { body } = await decide(api, id, 'TUN', yes(2)).expect(409);
    expect(body.detail).toBe(`The zone ${id} has been withdrawn. Make a new one.`);
    for (const country of ['DZA', 'TUN'] as const) expect(await waits(country, id)).toBeUndefined();
    await api.post(`/v1/zones/${id}/proposal`).set(operator).expect(409);
    await api.delete(`/v1/zones/${id}`).set(operator).expect(409);
  });
});

describe('who proposes', () => {
  test('is an operator of the owner country, of a zone that it sees', async () => {
    const { body } = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    const path = `/v1/zones/${body.id}/proposal`;
    await api.post(path).expect(401);
    for (const role of ROLES.filter((one) => one !== 'operator'))
      await api
        .post(path)
        .set(as(keyOf('DZA', role)))
        .expect(403);
    for (const country of ['TUN', 'LBY'] as const)
      await api
        .post(path)
        .set(as(keyOf(country, 'operator')))
        .expect(404);
    await api.post(path).set(operator).expect(200);
    const { body: problem } = await api
      .post(path)
      .set(as(keyOf('TUN', 'operator')))
      .expect(403);
    expect(problem.detail).toBe('Only operators of DZA change this zone.');
  });
});

describe('the list of waiting consents', () => {
  test('is for the coordinators of each country that has not decided', async () => {
    const { id } = await propose({ participants: [...COUNTRY_CODES] });
    for (const country of COUNTRY_CODES) expect(await waits(country, id)).toBe(1);
    await decide(api, id, 'DZA', yes()).expect(201);
    await decide(api, id, 'LBY', no()).expect(201);
    expect(await waits('DZA', id)).toBeUndefined();
    expect(await waits('LBY', id)).toBeUndefined();
    const listed = (await waitingFor('TUN')).find((zone) => zone.id === id);
    expect(listed?.properties).toMatchObject({ state: 'proposed', awaiting: ['LBY', 'TUN'] });
    await patch(id, { purpose: 'At night' });
    for (const country of COUNTRY_CODES) expect(await waits(country, id)).toBe(2);
  });

  test('omits drafts, agreed revisions, and zones of others', async () => {
    const draft = await api.post('/v1/zones').set(operator).send(aZone()).expect(201);
    const agreed = await agree();
    const others = await propose({ tlp: 'GREEN' });
    for (const country of COUNTRY_CODES) {
      const ids = (await waitingFor(country)).map(({ id }) => id);
      expect(ids).not.toContain(draft.body.id);
      expect(ids).not.toContain(agreed.id);
      expect(ids.includes(others.id)).toBe(country !== 'LBY');
    }
  });

  test('comes page by page', async () => {
    const all = (await waitingFor('TUN')).map(({ id }) => id);
    const pages = await readPages(api, '/v1/consents/waiting?limit=2', as(keyOf('TUN', 'coordinator')));
    expect(pages.flatMap(({ features }) => features.map(({ id }: { id: string }) => id))).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  test('is for coordinators', async () => {
    await api.get('/v1/consents/waiting').expect(401);
    for (const role of ROLES.filter((one) => one !== 'coordinator'))
      await api
        .get('/v1/consents/waiting')
        .set(as(keyOf('TUN', role)))
        .expect(403);
    await api
      .get('/v1/consents/waiting?country=DZA')
      .set(as(keyOf('TUN', 'coordinator')))
      .expect(400);
  });
});

describe('a question about a zone', () => {
  const at: [number, number] = [8.42, 35.2];
  const elsewhere: [number, number] = [9.4, 34.4];
  const report = async (place: [number, number]) =>
    (
      await api
        .post('/v1/incidents')
        .set(as(keyOf('DZA', 'reporter')))
        .send(anIncident({ at: place, tlp: 'GREEN' }))
        .expect(201)
    ).body.id as string;
  const ask = async (path: string, country: CountryCode) =>
    (
      await api
        .get(`/v1${path}`)
        .set(as(keyOf(country, 'reader')))
        .expect(200)
    ).body;
  const zonesOf = async (incident: string, country: CountryCode): Promise<string[]> =>
    (await ask(`/incidents/${incident}`, country)).properties.zones;

  test('before the first agreement is about the proposed revision, and says so', async () => {
    const incident = await report(at);
    const zone = await propose({ geometry: aSquare(at) });
    for (const path of [`/zones/${zone.id}/incidents`, `/incidents?within=${zone.id}`]) {
      const { agreed, revision, features } = await ask(path, 'TUN');
      expect([agreed, revision]).toEqual([false, 1]);
      expect(features.map(({ id }: { id: string }) => id)).toContain(incident);
    }
    expect((await ask(`/agencies/responsible?zone=${zone.id}`, 'TUN')).place.agreed).toBe(false);
    expect(await zonesOf(incident, 'TUN')).not.toContain(zone.id);
    const tag = async () =>
      (await api.get(`/v1/zones/${zone.id}/incidents`).set(as(keyOf('TUN', 'reader')))).headers.etag;
    const before = await tag();
    expect(await tag()).toBe(before);
    await approve(api, zone);
    // the features are the same, the answer is not
    expect(await tag()).not.toBe(before);
    for (const path of [`/zones/${zone.id}/incidents`, `/incidents?within=${zone.id}`])
      expect(await ask(path, 'TUN')).toMatchObject({ agreed: true, revision: 1 });
    expect((await ask(`/agencies/responsible?zone=${zone.id}`, 'TUN')).place.agreed).toBe(true);
    expect(await zonesOf(incident, 'TUN')).toContain(zone.id);
    expect(await zonesOf(incident, 'LBY')).not.toContain(zone.id);
  });

  test('is about the agreed revision while another waits, and about that once it is agreed', async () => {
    const [here, there] = [await report(at), await report(elsewhere)];
    const { id } = await agree({ geometry: aSquare(at) });
    const { body: second } = await api
      .patch(`/v1/zones/${id}`)
      .set(operator)
      .send({ geometry: aSquare(elsewhere) })
      .expect(200);
    const inside = async () => {
      const { features, revision } = await ask(`/zones/${id}/incidents?limit=1000`, 'TUN');
      const ids = features.map((one: { id: string }) => one.id);
      return [revision, ids.includes(here), ids.includes(there)];
    };
    expect(await inside()).toEqual([1, true, false]);
    expect(await zonesOf(there, 'TUN')).not.toContain(id);
    await approve(api, second);
    expect(await inside()).toEqual([2, false, true]);
    expect(await zonesOf(there, 'TUN')).toContain(id);
    expect(await zonesOf(here, 'TUN')).not.toContain(id);
  });

  test('that was suspended or withdrawn is empty', async () => {
    const incident = await report(at);
    const { id } = await agree({ geometry: aSquare(at) });
    await decide(api, id, 'TUN', leave()).expect(201);
    const suspended = await ask(`/zones/${id}/incidents?match=possible`, 'DZA');
    expect(suspended).toMatchObject({ agreed: false, numberReturned: 0 });
    expect(await zonesOf(incident, 'DZA')).not.toContain(id);
    expect((await ask(`/locate?lon=${at[0]}&lat=${at[1]}`, 'DZA')).zones).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });
});

describe('a zone as it was agreed at an instant', () => {
  const asOf = (id: string, at: string, country: CountryCode = 'TUN') =>
    api
      .get(`/v1/zones/${id}`)
      .query({ at })
      .set(as(keyOf(country, 'reader')));

  test('is the revision in force then, even after others, a suspension and the end', async () => {
    const zone = await agree();
    const first = zone.properties.effectiveFrom;
    const second = (await agreeChange(api, 'DZA', zone.id, { properties: { purpose: 'At night' } }))
      .properties.effectiveFrom;
    await decide(api, zone.id, 'TUN', leave(2)).expect(201);
    const { effectiveTo } = (await readZone(api, 'TUN', zone.id)).properties;
    const check = async () => {
      expect((await asOf(zone.id, first).expect(200)).body.properties).toMatchObject({
        revision: 1,
        state: 'active',
        agreed: true,
        effectiveTo: second,
      });
      expect((await asOf(zone.id, second).expect(200)).body.properties.revision).toBe(2);
      const { body } = await asOf(zone.id, effectiveTo).expect(404);
      expect(body.detail).toMatch(/No agreed revision.*was in force at/);
      await asOf(zone.id, '2026-01-01T00:00:00Z').expect(404);
    };
    await check();
    await api.delete(`/v1/zones/${zone.id}`).set(operator).expect(204);
    await check();
  });

  test('is hidden from those who did not see that revision', async () => {
    const zone = await agree();
    const before = zone.properties.effectiveFrom;
    const change = { properties: { participants: [...COUNTRY_CODES] } };
    const { effectiveFrom } = (await agreeChange(api, 'DZA', zone.id, change)).properties;
    await asOf(zone.id, before, 'LBY').expect(404);
    expect((await asOf(zone.id, effectiveFrom, 'LBY').expect(200)).body.properties.revision).toBe(2);
    const hidden = await asOf((await agree()).id, before, 'LBY').expect(404);
    expect(hidden.body.detail).toMatch(/^There is no zone with id/);
  });

  test('is requested by an instant, not together with a revision', async () => {
    const { id } = await agree();
    await asOf(id, 'yesterday').expect(400);
    await asOf(id, '2026-11-24').expect(400);
    for (const query of [
      'revision=2',
      'revision=last',
      'at=2026-11-24T00:00:00Z&revision=latest',
      'when=now',
    ])
      await api.get(`/v1/zones/${id}?${query}`).set(operator).expect(400);
  });
});
