import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROLES } from '../../src/core/caller.ts';
import { ask } from '../support/audit.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { keyFor } from '../support/rescue.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const AMBER_LBY = { tlp: 'AMBER', releasableTo: ['LBY'] };
const STRICT = { tlp: 'AMBER+STRICT' };
const second = as(keyOf('TUN', 'reporter', { second: true }));
const readAs = (country: 'DZA' | 'LBY' | 'TUN', id: string) => steps.statusFor(country, `/incidents/${id}`);

describe('an incident', () => {
  test('is widened by a coordinator of its owner country, and the change is audited', async () => {
    const id = await steps.create('/incidents', anIncident(STRICT));
    const { status, body, entries } = await steps.release(id, AMBER_LBY);
    expect(status).toBe(200);
    expect(body).toEqual({
      collection: 'incidents',
      id,
      owner: 'TUN',
      agency: 'tun-garde-nationale',
      ...AMBER_LBY,
      hasChanged: true,
    });
    expect(entries).toMatchObject([
      {
        action: 'change',
        collection: 'incidents',
        target: id,
        operation: 'release',
        roles: ['coordinator'],
        detail: 'AMBER+STRICT → AMBER LBY',
        shares: [0, 0, 1],
      },
    ]);
    expect(await Promise.all((['DZA', 'LBY', 'TUN'] as const).map((code) => readAs(code, id)))).toEqual([
      404, 200, 200,
    ]);
  });

  test('is widened by nobody else', async () => {
    const id = await steps.create('/incidents', anIncident(STRICT));
    for (const role of ROLES.filter((one) => one !== 'coordinator')) {
      const { status, body } = await steps.release(id, AMBER_LBY, as(keyOf('TUN', role)));
      expect({ status, detail: body.detail }).toEqual({
        status: 403,
        detail: 'Only a coordinator of TUN may let more see this.',
      });
    }
    const green = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    expect((await steps.release(green, { tlp: 'CLEAR' }, coordinatorOf('LBY'))).status).toBe(403);
    expect(await readAs('LBY', id)).toBe(404);
  });

  test.each(ROLES)('is narrowed by any %s of its agency', async (role) => {
    const id = await steps.create('/incidents', anIncident(AMBER_LBY));
    const { status, entries } = await steps.release(id, STRICT, as(keyOf('TUN', role)));
    expect(status).toBe(200);
    expect(entries).toMatchObject([{ action: 'change', roles: [role], detail: 'AMBER LBY → AMBER+STRICT' }]);
    expect(await readAs('LBY', id)).toBe(404);
  });

  test('is narrowed by no other agency, but by each coordinator of its country', async () => {
    const id = await steps.create('/incidents', anIncident(AMBER_LBY));
    const { status, body } = await steps.release(id, STRICT, second);
    expect({ status, detail: body.detail }).toEqual({
      status: 403,
      detail: 'Only tun-garde-nationale or a coordinator of TUN may let fewer see this.',
    });
    expect((await steps.release(id, STRICT, coordinatorOf('LBY'))).status).toBe(403);
    const coordinator = await keyFor(service, 'TUN', 'tun-douane', ['coordinator']);
    expect((await steps.release(id, STRICT, coordinator)).status).toBe(200);
  });

  test('is RED for its own agency, which no coordinator of another one can set or lift', async () => {
    const coordinator = await keyFor(service, 'TUN', 'tun-douane', ['coordinator']);
    const id = await steps.create('/incidents', anIncident());
    const refused = await steps.release(id, { tlp: 'RED' }, coordinator);
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/label-out-of-reach' } });
    expect((await steps.release(id, { tlp: 'RED' })).status).toBe(200);
    expect((await steps.release(id, STRICT, coordinator)).status).toBe(404);
    expect((await steps.release(id, STRICT, as(keyOf('TUN', 'reporter')))).status).toBe(403);
    expect((await steps.release(id, STRICT)).status).toBe(200);
  });

  test('with the same label stays unchanged, without an entry of a change', async () => {
    const id = await steps.create('/incidents', anIncident({ tlp: 'AMBER', releasableTo: ['LBY', 'DZA'] }));
    const { status, body, entries } = await steps.release(id, {
      tlp: 'AMBER',
      releasableTo: ['DZA', 'TUN', 'LBY'],
    });
    expect({ status, hasChanged: body.hasChanged }).toEqual({ status: 200, hasChanged: false });
    expect(entries.map(({ action }) => action)).toEqual(['read', 'read-end']);
    const { body: incident } = await service.api.get(`/v1/incidents/${id}`).set(coordinatorOf('TUN'));
    expect(incident.properties.revision).toBe(1);
  });

  test('that is hidden or missing is 404, without an audit entry', async () => {
    const id = await steps.create('/incidents', anIncident());
    for (const hidden of [id, '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10']) {
      const { status, entries } = await steps.release(hidden, { tlp: 'CLEAR' }, coordinatorOf('LBY'));
      expect({ status, entries }).toEqual({ status: 404, entries: [] });
    }
  });

  test('disappears from zones, counts and lists when narrowed', async () => {
    const at: [number, number] = [10.5, 31.5];
    const participants = ['DZA', 'LBY', 'TUN'];
    const zone = await steps.makeZone('TUN', { geometry: aSquare(at), participants });
    const id = await steps.create('/incidents', anIncident({ at, ...AMBER_LBY }));
    const list = async () => {
      const { body } = await service.api.get(`/v1/zones/${zone}/incidents`).set(as(keyOf('LBY', 'reader')));
      return [body.numberMatched, body.features.map((feature: { id: string }) => feature.id)];
    };
    expect(await list()).toEqual([1, [id]]);
    await steps.release(id, STRICT);
    expect(await list()).toEqual([0, []]);
    await steps.release(id, { tlp: 'GREEN' });
    expect(await list()).toEqual([1, [id]]);
  });
});

describe('a zone', () => {
  const operator = as(keyOf('TUN', 'operator'));
  const zone = (more: object = {}) => steps.makeZone('TUN', { participants: ['TUN'], tlp: 'AMBER', ...more });
  const release = (id: string, tlp: string, releasableTo: string[] = [], headers = coordinatorOf('TUN')) =>
    steps.release(id, { collection: 'zones', tlp, releasableTo }, headers);

  test('is widened by a coordinator, narrowed by its agency, and both are audited', async () => {
    const id = await zone();
    expect((await release(id, 'AMBER', ['LBY'], operator)).status).toBe(403);
    expect(await release(id, 'AMBER', ['LBY'])).toMatchObject({
      status: 200,
      entries: [{ action: 'change', collection: 'zones', target: id, detail: 'AMBER → AMBER LBY' }],
    });
    expect(await steps.statusFor('LBY', `/zones/${id}`)).toBe(200);
    expect((await release(id, 'AMBER+STRICT', [], operator)).status).toBe(200);
    expect(await steps.statusFor('LBY', `/zones/${id}`)).toBe(404);
  });

  test('is visible to its participants with any label, and cannot be RED for them', async () => {
    const id = await zone({ participants: ['DZA', 'TUN'] });
    await release(id, 'AMBER+STRICT');
    expect(await steps.statusFor('DZA', `/zones/${id}`)).toBe(200);
    const { status, body } = await release(id, 'RED');
    expect({ status, detail: body.detail }).toEqual({
      status: 422,
      detail: expect.stringMatching(/RED.*other participants/),
    });
  });

  test('cannot become RED for invited participants either', async () => {
    const id = await zone();
    await steps.proposeFor(id, ['DZA', 'TUN']);
    expect((await release(id, 'RED')).status).toBe(422);
    await steps.preview(id, { collection: 'zones', tlp: 'RED' }).expect(422);
  });

  test('has one label in all its revisions', async () => {
    const id = await zone();
    await steps.proposeFor(id, ['DZA', 'TUN']);
    const shownTo = async (country: 'DZA' | 'LBY' | 'TUN', query = '') => {
      const path = `/v1/zones/${id}${query}`;
      const { body } = await service.api
        .get(path)
        .set(as(keyOf(country, 'reader')))
        .expect(200);
      const { revision, tlp, releasableTo } = body.properties;
      return [revision, tlp, ...releasableTo].join(' ');
    };
    const { entries } = await release(id, 'AMBER', ['LBY']);
    expect(entries).toMatchObject([{ target: id, detail: 'AMBER → AMBER LBY' }]);
    expect(await shownTo('TUN')).toBe('1 AMBER LBY');
    expect(await shownTo('TUN', '?revision=latest')).toBe('2 AMBER LBY');
    // asked to take part, and not in the audience of what is in force
    expect(await shownTo('DZA')).toBe('2 AMBER LBY');
    expect(await shownTo('LBY')).toBe('1 AMBER LBY');

    await release(id, 'GREEN');
    expect(await Promise.all([shownTo('DZA'), shownTo('LBY')])).toEqual(['1 GREEN', '1 GREEN']);
    await steps.proposeFor(id, ['DZA', 'LBY', 'TUN']);
    expect(await shownTo('LBY', '?revision=latest')).toBe('3 GREEN');
  });

  test.each([
    ['alone', {}],
    ['beside another change', { purpose: 'Another purpose' }],
  ])("cannot be widened by an operator's change, %s", async (_, more) => {
    const id = await zone();
    const { status, body } = await ask(service, {
      path: `/zones/${id}`,
      method: 'patch',
      headers: operator,
      body: { properties: { tlp: 'CLEAR', ...more } },
    });
    expect({ status, detail: body.detail }).toEqual({
      status: 403,
      detail: 'Only a coordinator of TUN may let more see this.',
    });
    const { body: left } = await service.api.get(`/v1/zones/${id}?revision=latest`).set(operator);
    expect(left.properties).toMatchObject({ revision: 1, tlp: 'AMBER', purpose: 'Joint watch' });
  });
});

describe('invalid requests are refused', () => {
  const id = '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10';
  const cases: [what: string, body: object, status: number, words: RegExp][] = [
    ['countries without AMBER', { id, tlp: 'GREEN', releasableTo: ['LBY'] }, 422, /releasableTo.*AMBER/],
    ['an incident without a UUID', { id: 'exercise-jefara', tlp: 'GREEN' }, 400, /id.*UUID/],
    ['an unknown label', { id, tlp: 'ORANGE' }, 400, /tlp/],
    ['an unknown country', { id, tlp: 'AMBER', releasableTo: ['FRA'] }, 400, /releasableTo/],
    ['an unknown collection', { id, tlp: 'GREEN', collection: 'agencies' }, 400, /collection/],
    ['an owner', { id, tlp: 'GREEN', owner: 'LBY' }, 400, /owner/],
    ['no label', { id }, 400, /tlp/],
  ];
  test.each(cases)('%s', async (_, change, status, words) => {
    for (const path of ['/v1/release', '/v1/release/preview']) {
      const { body } = await service.api
        .post(path)
        .set(coordinatorOf('TUN'))
        .send({ collection: 'incidents', ...change })
        .expect(status);
      expect(body.detail).toMatch(words);
    }
  });

  test('a caller without a key', () =>
    service.api.post('/v1/release').send({ collection: 'incidents', id, tlp: 'GREEN' }).expect(401));
});

describe('an import', () => {
  const line = (n: number, more: object) =>
    anIncident({ at: [9.9 + n / 100, 33.5], source: 'labels', externalId: `${n}`, ...more });
  const send = async (lines: object[], headers = as(keyOf('TUN', 'reporter'))) => {
    const { body } = await service.api
      .post('/v1/incidents/import')
      .set(headers)
      .type('application/geo+json-seq')
      .send(lines.map((one) => JSON.stringify(one)).join('\n'))
      .expect(200);
    return body;
  };

  test('narrows known incidents, and rejects lines that would widen them', async () => {
    await send([1, 2, 3, 4].map((n) => line(n, AMBER_LBY)));
    const changed = [
      line(1, { tlp: 'GREEN' }),
      line(2, STRICT),
      line(3, { ...AMBER_LBY, severity: 'extreme' }),
      line(4, { tlp: 'AMBER', releasableTo: ['DZA'] }),
      line(5, { tlp: 'CLEAR' }),
    ];
    const sent = await send(changed);
    const fault = { code: 'label-wider', params: { owner: 'TUN' } };
    const rejected = {
      code: 'line-invalid',
      params: { path: 'tlp', fault, more: 0 },
      reason: 'tlp: Only a coordinator of TUN may let more see this.',
    };
    expect(sent).toMatchObject({ accepted: 1, updated: 2, unchanged: 0 });
    expect(sent.rejected).toEqual({
      total: 2,
      lines: [
        { line: 1, ...rejected },
        { line: 4, ...rejected },
      ],
    });
    const { body } = await service.api
      .get('/v1/incidents?source=labels')
      .set(as(keyOf('LBY', 'reader')))
      .expect(200);
    const seen = body.features.map(
      ({ properties }: { properties: { externalId: string } }) => properties.externalId,
    );
    expect(seen.sort()).toEqual(['1', '3', '4', '5']);
  });

  test("by a coordinator's key widens them", async () => {
    const both = await keyFor(service, 'TUN', 'tun-douane', ['reporter', 'coordinator']);
    await send([line(9, STRICT)], both);
    expect(await send([line(9, { tlp: 'GREEN' })], both)).toMatchObject({
      updated: 1,
      rejected: { total: 0 },
    });
  });
});
