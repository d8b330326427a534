import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CountryCode, ROLES } from '../../src/core/caller.ts';
import { Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { positionOf } from '../support/builders.reference.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import {
  agreedVersion,
  aProcedure,
  proposedVersion,
  proposeVersion,
  readVersion,
} from '../support/procedures.ts';
import { decideJoint } from '../support/proposals.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const AT_CROSSING = '/crossings/bouchebka/procedures';
const reader = (country: CountryCode) => as(keyOf(country, 'reader'));
const get = (path: string, country: CountryCode = 'TUN') =>
  service.api.get(`/v1${path}`).set(reader(country));
const listed = async (query: string, country: CountryCode = 'TUN'): Promise<string[]> => {
  const { body } = await get(`/procedures?limit=1000&${query}`, country).expect(200);
  return body.procedures.map(({ id, version }: { id: string; version: number }) => `${id}/${version}`);
};
const LATER = { openUntil: '2099-01-01T00:00:00Z' };

describe('a joint procedure', () => {
  test('takes effect when the last participant approves exactly its version', async () => {
    const sent = await proposeVersion(service, 'TUN', AT_CROSSING, {
      validTo: '2099-06-01',
      ...LATER,
    }).expect(201);
    const { id, proposal } = sent.body;
    expect(sent.headers.location).toBe(`/v1/procedures/${id}/versions/1`);
    expect(sent.body).toEqual({
      ...aProcedure(),
      ...{ id, version: 1, proposal, zone: null, segment: null, crossing: 'bouchebka' },
      ...{ country: 'TUN', agency: agencyOf(keyOf('TUN', 'operator')), participants: ['DZA', 'TUN'] },
      ...{ state: 'proposed', agreedAt: null, endedAt: null, openUntil: '2099-01-01T00:00:00Z' },
      validFrom: expect.stringMatching(/Z$/),
      validTo: '2099-06-01T00:00:00Z',
      proposedAt: expect.stringMatching(/Z$/),
      updatedAt: sent.body.proposedAt,
    });
    const { body } = await get(`/proposals/${proposal}`, 'DZA').expect(200);
    expect(body).toMatchObject({
      subjectType: 'procedure',
      path: `/procedures/${id}/versions/1`,
      awaiting: ['DZA', 'TUN'],
    });
    const waiting = await service.api
      .get('/v1/consents/waiting')
      .set(as(keyOf('DZA', 'coordinator')))
      .expect(200);
    expect(waiting.body.proposals.map((one: { id: string }) => one.id)).toContain(proposal);
    await decideJoint(service, proposal, 'TUN').expect(201);
    expect(await readVersion(service, 'DZA', sent.body)).toMatchObject({ state: 'proposed', agreedAt: null });
    await decideJoint(service, proposal, 'DZA').expect(201);
    const agreed = await readVersion(service, 'DZA', sent.body);
    expect(agreed).toMatchObject({ state: 'inForce', agreedAt: expect.stringMatching(/Z$/) });
    expect((await get(`/procedures/${id}`).expect(200)).body).toEqual(agreed);
  });

  test.each([
    ['a segment', '/segments/LBY-TUN-01/procedures', ['LBY', 'TUN'], 'DZA'],
    ['a crossing', '/crossings/debdeb-ghadames/procedures', ['DZA', 'LBY'], 'TUN'],
  ] as const)('of %s is that of its two countries alone', async (_, path, participants, third) => {
    const made = await proposedVersion(service, participants[1], path);
    expect(made.participants).toEqual(participants);
    for (const country of participants) await get(`/procedures/${made.id}`, country).expect(200);
    await get(`/procedures/${made.id}`, third).expect(404);
    await get(`/procedures/${made.id}/versions/1`, third).expect(404);
    await proposeVersion(service, third, `/procedures/${made.id}/versions`).expect(404);
    expect(await listed('', third)).not.toContain(`${made.id}/1`);
    await service.api.get(`/v1/procedures/${made.id}`).expect(401);
    const refused = await proposeVersion(service, third, path).expect(403);
    expect(refused.body.detail).toContain(participants.join(', '));
  });

  test('of a zone is that of its participants, and goes with the zone', async () => {
    const zone = await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' });
    const made = await agreedVersion(service, 'DZA', `/zones/${zone.id}/procedures`);
    expect(made).toMatchObject({ zone: zone.id, participants: ['DZA', 'TUN'], state: 'inForce' });
    await proposeVersion(service, 'LBY', `/zones/${zone.id}/procedures`).expect(404);
    const draft = await service.api
      .post('/v1/zones')
      .set(as(keyOf('TUN', 'operator')))
      .send(aZone())
      .expect(201);
    const { body } = await proposeVersion(service, 'TUN', `/zones/${draft.body.id}/procedures`).expect(422);
    expect(body.detail).toContain('Propose the zone first');
    await proposeVersion(service, 'DZA', `/zones/${draft.body.id}/procedures`).expect(404);
  });

  test('is replaced by a newer version when that takes effect, and not before', async () => {
    const first = await agreedVersion(service, 'TUN', AT_CROSSING);
    const next = await proposedVersion(service, 'DZA', `/procedures/${first.id}/versions`);
    expect(next).toMatchObject({ id: first.id, version: 2, country: 'DZA', state: 'proposed' });
    expect((await get(`/procedures/${first.id}`)).body).toMatchObject({ version: 1, state: 'inForce' });
    const later = await agreedVersion(service, 'TUN', `/procedures/${first.id}/versions`, {
      validFrom: '2098-01-01',
    });
    expect(later).toMatchObject({ version: 3, state: 'coming' });
    expect((await get(`/procedures/${first.id}`)).body).toMatchObject({ version: 1, state: 'inForce' });
    for (const country of ['DZA', 'TUN'] as const)
      await decideJoint(service, next.proposal, country).expect(201);
    expect((await readVersion(service, 'TUN', first)).state).toBe('replaced');
    expect((await get(`/procedures/${first.id}`)).body).toMatchObject({ version: 2, state: 'inForce' });
    expect(await listed(`procedure=${first.id}&state=inForce`)).toEqual([`${first.id}/2`]);
    expect(await listed(`procedure=${first.id}`)).toEqual(
      [1, 2, 3].map((version) => `${first.id}/${version}`),
    );
  });

  test('ends when a participant withdraws, and no older version comes back', async () => {
    const first = await agreedVersion(service, 'TUN', AT_CROSSING);
    const second = await agreedVersion(service, 'TUN', `/procedures/${first.id}/versions`);
    await decideJoint(service, second.proposal, 'DZA', {
      decision: 'withdraw',
      reason: 'The season is over.',
    }).expect(201);
    expect(await readVersion(service, 'TUN', second)).toMatchObject({
      state: 'withdrawn',
      endedAt: expect.any(String),
    });
    expect((await readVersion(service, 'TUN', first)).state).toBe('replaced');
    expect(await listed(`procedure=${first.id}&state=inForce`)).toEqual([]);
  });

  test('a newer version that is withdrawn before it takes effect replaces nothing', async () => {
    const first = await agreedVersion(service, 'TUN', AT_CROSSING);
    const second = await agreedVersion(service, 'TUN', `/procedures/${first.id}/versions`, {
      validFrom: '2098-01-01',
    });
    await decideJoint(service, second.proposal, 'TUN', { decision: 'withdraw' }).expect(201);
    expect((await readVersion(service, 'TUN', first)).state).toBe('inForce');
  });

  test.each([
    ['without a document', { documents: [] }, 400],
    [
      'with an address that is not https',
      { documents: [{ ...aProcedure().documents[0], href: 'http://a.org/x' }] },
      400,
    ],
    [
      'with a password in the address',
      { documents: [{ ...aProcedure().documents[0], href: 'https://a:b@a.org/x' }] },
      400,
    ],
    ['with a short hash', { documents: [{ ...aProcedure().documents[0], sha256: 'abc' }] }, 400],
    [
      'with a language in words',
      { documents: [{ ...aProcedure().documents[0], languages: ['Arabic!'] }] },
      400,
    ],
    ['with a phone number', { purpose: 'Call +216 20 123 456' }, 422],
    ['that ends before it begins', { validFrom: '2098-01-02', validTo: '2098-01-01' }, 422],
    ['with a deadline in the past', { openUntil: '2020-01-01' }, 422],
    ['with an unknown member', { author: 'x' }, 400],
  ])('%s is refused', async (_, more, status) => {
    await proposeVersion(service, 'TUN', AT_CROSSING, more).expect(status);
  });

  test('for what does not exist is refused', async () => {
    for (const noun of ['zones', 'crossings'])
      await proposeVersion(service, 'TUN', `/${noun}/nowhere/procedures`).expect(404);
    await proposeVersion(service, 'TUN', '/segments/DZA-TUN-99/procedures').expect(404);
    await proposeVersion(service, 'TUN', '/procedures/0199e0c4-6d00-7c1e-9f5e-00000000dead/versions').expect(
      404,
    );
  });

  test('is proposed by operators alone, and read with every role', async () => {
    const made = await proposedVersion(service, 'TUN', AT_CROSSING);
    for (const role of ROLES) {
      const headers = as(keyOf('TUN', role));
      await service.api.get(`/v1/procedures/${made.id}`).set(headers).expect(200);
      await service.api
        .post(`/v1${AT_CROSSING}`)
        .set(headers)
        .send(aProcedure())
        .expect(role === 'operator' ? 201 : 403);
    }
  });

  test('comes page by page', async () => {
    const pages = await readPages(service.api, '/v1/procedures?limit=3', reader('TUN'));
    const all = pages.flatMap(({ procedures }) =>
      procedures.map((one: { id: string; version: number }) => `${one.id}/${one.version}`),
    );
    expect(all).toEqual(await listed(''));
    expect(pages.length).toBeGreaterThan(2);
  });
});

describe('what happens at a place links to the procedures in force there', () => {
  const linkOf = async (path: string, headers: Record<string, string>): Promise<string | undefined> => {
    const { headers: answered } = await service.api.get(`/v1${path}`).set(headers).expect(200);
    return /<https?:\/\/[^/]+(\/[^>]*)>; rel="related"/.exec(answered.link ?? '')?.[1];
  };
  const followed = async (path: string, country: CountryCode = 'TUN'): Promise<string[]> => {
    const link = await linkOf(path, reader(country));
    const { body } = await service.api.get(link!).set(reader(country)).expect(200);
    return body.procedures.map(({ id }: { id: string }) => id);
  };

  test('from a crossing, a segment, a zone, and an incident at all of them', async () => {
    const { lon, lat } = positionOf('bouchebka');
    const zone = await agreeZone(service.api, 'TUN', { geometry: aSquare([lon, lat]) });
    const incident = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at: [lon, lat], tlp: 'GREEN' }))
      .expect(201);
    const { segment } = incident.body.properties;
    const [ofZone, ofSegment, ofCrossing, waiting] = await Promise.all([
      agreedVersion(service, 'TUN', `/zones/${zone.id}/procedures`),
      agreedVersion(service, 'DZA', `/segments/${segment}/procedures`),
      agreedVersion(service, 'TUN', AT_CROSSING),
      proposedVersion(service, 'TUN', AT_CROSSING),
    ]);
    expect(await followed(`/zones/${zone.id}`)).toEqual([ofZone.id]);
    expect(await followed(`/segments/${segment}`)).toEqual([ofSegment.id]);
    expect(await followed('/crossings/bouchebka', 'DZA')).toContain(ofCrossing.id);
    expect(await followed('/crossings/bouchebka')).not.toContain(waiting.id);
    expect(await followed('/crossings/bouchebka', 'LBY')).toEqual([]);
    const all = await followed(`/incidents/${incident.body.id}`);
    expect(all).toEqual(expect.arrayContaining([ofZone.id, ofSegment.id, ofCrossing.id]));
    expect(await followed(`/incidents/${incident.body.id}`, 'LBY')).toEqual([]);
    const far = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at: [11.2, 33.1] }))
      .expect(201);
    expect(await followed(`/incidents/${far.body.id}`)).toEqual([]);
  });

  test('a hidden incident answers like a missing one', async () => {
    const hidden = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at: [8.42, 35.2], tlp: 'AMBER+STRICT' }))
      .expect(201);
    expect(await listed(`incident=${hidden.body.id}`)).not.toEqual([]);
    expect(await listed(`incident=${hidden.body.id}`, 'DZA')).toEqual([]);
  });

  test('as a layer and as a page too, the same for everybody', async () => {
    const item = await get('/collections/crossings/items/bouchebka').expect(200);
    expect(item.body.links).toContainEqual(
      expect.objectContaining({
        rel: 'related',
        href: expect.stringContaining('/v1/procedures?state=inForce&crossing=bouchebka'),
      }),
    );
    const page = await get('/collections/crossings/items/bouchebka?f=html').expect(200);
    expect(page.text).toContain('Joint procedures in force');
    const open = await linkOf('/crossings/bouchebka', {});
    expect(open).toBe(await linkOf('/crossings/bouchebka', reader('TUN')));
    await service.api.get(open!).expect(401);
  });
});

describe('whoever writes, the database refuses', () => {
  const refused = async (statement: Sql) => {
    const said = await asTableOwner(service.db, statement).catch((error: Error) => error.message);
    return typeof said === 'string' ? said : 'nothing';
  };

  test('a version in force that not all have approved, and a change of what they approved', async () => {
    const { id, proposal } = await proposedVersion(service, 'TUN', AT_CROSSING);
    const set = (column: string, value: string) =>
      refused(
        new Sql([`UPDATE base.procedure_version SET ${column} = ${value} WHERE procedure = '${id}'`], []),
      );
    expect(await set('agreed_at', 'now()')).toContain('procedure is decided by all');
    expect(await set('participants', `'{TUN}'`)).toContain('procedure is decided by all');
    expect(await set('documents', `'[1]'`)).toContain('procedure never changes');
    expect(await set('crossing', `'ras-ajdir'`)).toContain('procedure never changes');
    await decideJoint(service, proposal, 'TUN').expect(201);
    expect(await set('agreed_at', 'now()')).toContain('procedure is decided by all');
  });

  test('a version about which a participant is not asked', async () => {
    const made = await proposedVersion(service, 'TUN', AT_CROSSING);
    const alone = sql`
      WITH asked AS (
        INSERT INTO base.joint_proposal (id, subject_type, subject, path, participants, country, agency, open_until)
        SELECT gen_random_uuid(), 'procedure', ${`${made.id}/2`}, '/x', '{TUN}', 'TUN', agency, open_until
        FROM base.joint_proposal WHERE id = ${made.proposal} RETURNING id, open_until)
      INSERT INTO base.procedure_version (procedure, version, crossing, country, agency, names, purpose, documents, participants,
        valid_from, proposal, open_until)
      SELECT v.procedure, 2, v.crossing, v.country, v.agency, v.names, v.purpose, v.documents, '{TUN}', v.valid_from, a.id, a.open_until
      FROM base.procedure_version AS v CROSS JOIN asked AS a WHERE v.procedure = ${made.id}`;
    expect(await refused(alone)).toContain('procedure is decided by all');
  });
});
