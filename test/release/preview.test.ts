import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { ask } from '../support/audit.ts';
import { nextOf } from '../support/builders.pages.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { proposeZone } from '../support/builders.zones.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const VIEWERS = ['public', ...COUNTRY_CODES] as const;
const headersOf = (viewer: (typeof VIEWERS)[number]) =>
  viewer === 'public' ? {} : as(keyOf(viewer, 'reader'));
type Answer = { properties?: object } & Record<string, unknown>;

/** Without what a change of the label itself changes. */
const lasting = (answer: Answer | null) => {
  const {
    revision: _,
    updatedAt: __,
    ...properties
  } = { ...(answer?.properties as Record<string, unknown>) };
  return answer && { ...answer, ...(answer.properties && { properties }) };
};

const LABELS = [
  { tlp: 'CLEAR' },
  { tlp: 'GREEN' },
  { tlp: 'AMBER' },
  { tlp: 'AMBER', releasableTo: ['LBY'] },
  { tlp: 'AMBER+STRICT' },
  { tlp: 'RED' },
];

/** Holds what a preview says against what is so before the release and after it. */
async function expectTruePreview(
  collection: 'incidents' | 'reports' | 'zones',
  id: string,
  path: string,
  wanted: (typeof LABELS)[number],
) {
  const read = async (viewer: (typeof VIEWERS)[number]) => {
    const { status, body } = await service.api.get(`/v1${path}`).set(headersOf(viewer));
    // the owning agency sees what is RED as well, but not as its country
    return status === 200 && body.properties?.tlp !== 'RED' && body.tlp !== 'RED' ? body : null;
  };
  const before = await Promise.all(VIEWERS.map(read));
  const { body } = await steps.preview(id, { collection, ...wanted }).expect(200);
  expect((await steps.release(id, { collection, ...wanted })).status).toBe(200);
  const after = await Promise.all(VIEWERS.map(read));
  for (const [n, viewer] of VIEWERS.entries()) {
    const said = body.viewers[n];
    expect(said).toMatchObject({ viewer, seesNow: before[n] !== null, seesAfter: after[n] !== null });
    expect(lasting(said.answer)).toEqual(lasting(after[n]));
  }
  expect(body.after).toMatchObject({
    ...wanted,
    agencyAlone: wanted.tlp === 'RED' ? 'tun-garde-nationale' : null,
  });
}

describe('a preview equals the later result', () => {
  const at: [number, number] = [9.2, 33.4];
  test('of an incident, with the zones that each one sees', async () => {
    const geometry = aSquare(at);
    await steps.makeZone('TUN', { geometry, participants: ['LBY', 'TUN'] });
    await steps.makeZone('TUN', { geometry, participants: ['TUN'], tlp: 'CLEAR' });
    await steps.makeZone('LBY', { geometry, participants: ['LBY'], tlp: 'AMBER+STRICT' });
    for (const label of [...LABELS.slice(0, -1), ...[...LABELS].reverse()]) {
      const id = await steps.create('/incidents', anIncident({ at: [9.9, 33.9] }));
      await expectTruePreview('incidents', id, `/incidents/${id}`, label);
    }
    const id = await steps.create('/incidents', anIncident({ at }));
    const { body } = await steps.preview(id, { tlp: 'CLEAR' }).expect(200);
    const zonesOf = body.viewers.map(({ answer }: { answer: { properties: { zones: string[] } } }) => {
      return answer.properties.zones.length;
    });
    // the zone of Libya is not told to Tunisia, though Libya sees it
    expect(zonesOf).toEqual([1, 1, 2, 2]);
  });

  test('of a zone, which its participants always see', async () => {
    for (const label of LABELS.slice(0, -1)) {
      const id = await steps.makeZone('TUN', { geometry: aSquare([9, 31]), participants: ['DZA', 'TUN'] });
      await expectTruePreview('zones', id, `/zones/${id}`, label);
    }
    const id = await steps.makeZone('TUN', { participants: ['DZA', 'TUN'] });
    await steps.preview(id, { collection: 'zones', tlp: 'RED' }).expect(422);
  });

  test('of a zone that is not agreed, whose label does not apply yet', async () => {
    const change = { geometry: aSquare([9, 30]), participants: ['DZA', 'TUN'] };
    for (const label of LABELS.slice(0, -1)) {
      const { id } = await proposeZone(service.api, 'TUN', change);
      await expectTruePreview('zones', id, `/zones/${id}`, label);
      const draft = await steps.create('/zones', aZone(change), as(keyOf('TUN', 'operator')));
      await expectTruePreview('zones', draft, `/zones/${draft}`, label);
    }
  });

  test('of a zone with a waiting revision that has another participant', async () => {
    const labels = LABELS.slice(0, -1);
    for (const was of [...labels].reverse())
      for (const label of labels) {
        const id = await steps.makeZone('TUN', { geometry: aSquare([9, 31]), participants: ['TUN'], ...was });
        await steps.proposeFor(id, ['LBY', 'TUN']);
        await expectTruePreview('zones', id, `/zones/${id}`, { releasableTo: [], ...label });
      }
  });

  test('of an incident, without zones that another country sees as proposed', async () => {
    const place: [number, number] = [9.2, 30.2];
    const zone = { geometry: aSquare(place), participants: ['TUN'], tlp: 'AMBER+STRICT' };
    await steps.proposeFor(await steps.makeZone('TUN', zone), ['LBY', 'TUN']);
    const id = await steps.create('/incidents', anIncident({ at: place }));
    await expectTruePreview('incidents', id, `/incidents/${id}`, { tlp: 'GREEN' });
  });

  test.each([{ tlp: 'CLEAR' }, { tlp: 'AMBER', releasableTo: ['LBY'] }, { tlp: 'AMBER+STRICT' }])(
    'of a report about an incident that is %j',
    async (incident) => {
      const about = await steps.create('/incidents', anIncident(incident));
      for (const label of LABELS) {
        const id = await steps.create(`/incidents/${about}/reports`, { text: 'Seen.' });
        await expectTruePreview('reports', id, `/incidents/${about}/reports/${id}`, label);
      }
    },
  );

  test('and the number of reports that follow an incident', async () => {
    const id = await steps.create('/incidents', anIncident());
    for (const label of [{}, {}, { tlp: 'AMBER', releasableTo: ['LBY'] }, { tlp: 'AMBER+STRICT' }])
      await steps.create(`/incidents/${id}/reports`, { text: 'Seen.', ...label });
    const { body } = await steps.preview(id, { tlp: 'GREEN' }).expect(200);
    expect(body.viewers.map(({ reports }: { reports: number }) => reports)).toEqual([0, 2, 3, 4]);
  });

  test('without changing anything', async () => {
    const id = await steps.create('/incidents', anIncident());
    await steps.preview(id, { tlp: 'CLEAR' }).expect(200);
    expect(await steps.statusFor('public', `/incidents/${id}`)).toBe(404);
  });
});

describe('a preview is for coordinators of the owner country', () => {
  test('and for no other role, country or caller', async () => {
    const id = await steps.create('/incidents', anIncident({ tlp: 'GREEN' }));
    await steps.preview(id, { tlp: 'CLEAR' }, as(keyOf('TUN', 'operator'))).expect(403);
    const { body } = await steps.preview(id, { tlp: 'CLEAR' }, coordinatorOf('LBY')).expect(403);
    expect(body.detail).toMatch(/coordinator of TUN/);
    await steps.preview(id, { tlp: 'CLEAR' }, {} as never).expect(401);
  });

  test('and reveals nothing hidden', async () => {
    const id = await steps.create('/incidents', anIncident());
    const report = await steps.create(`/incidents/${id}/reports`, { text: 'Seen.' });
    await steps.preview(id, { tlp: 'CLEAR' }, coordinatorOf('LBY')).expect(404);
    await steps.preview(report, { collection: 'reports', tlp: 'CLEAR' }, coordinatorOf('LBY')).expect(404);
    await steps.preview('nowhere', { collection: 'zones', tlp: 'CLEAR' }).expect(404);
  });
});

describe('GET /v1/incidents?as=', () => {
  const source = 'as';
  beforeAll(async () => {
    const labels = [...LABELS, { tlp: 'AMBER', releasableTo: ['DZA'] }];
    for (const [n, label] of labels.entries()) {
      const more = { source, kind: n % 2 ? 'fire' : 'flood', at: [10 + n / 100, 32] as [number, number] };
      await steps.create('/incidents', anIncident({ ...more, ...label }));
      await steps.create('/incidents', anIncident({ ...more, ...label }), as(keyOf('DZA', 'reporter')));
    }
  });
  const idsAt = async (path: string, headers: Record<string, string>) => {
    const { body } = await service.api.get(`/v1/incidents?${path}`).set(headers).expect(200);
    return body.features.map(({ id }: { id: string }) => id);
  };

  test.each([
    ['LBY', 'TUN', ''],
    ['DZA', 'TUN', ''],
    ['LBY', 'DZA', ''],
    ['LBY', 'TUN', '&kind=fire'],
    ['LBY', 'TUN', '&tlp=AMBER,GREEN'],
    ['LBY', 'TUN', '&bbox=10,31,10.02,33'],
    ['LBY', 'TUN', '&within=POLYGON((9.9 31, 10.03 31, 10.03 33, 9.9 33, 9.9 31))'],
    ['LBY', 'TUN', '&datetime=2026-02-01&limit=2'],
  ] as const)('what %s sees of %s, with the filters "%s"', async (other, own, filters) => {
    const seen = await idsAt(`source=${source}&owner=${own}${filters}`, as(keyOf(other, 'reader')));
    expect(seen.length).toBeGreaterThan(0);
    expect(await idsAt(`source=${source}&as=${other}${filters}`, coordinatorOf(own))).toEqual(seen);
  });

  test('works page by page', async () => {
    const whole = await idsAt(`source=${source}&as=LBY`, coordinatorOf('TUN'));
    const found: string[] = [];
    for (let next: string | undefined = `/v1/incidents?source=${source}&as=LBY&limit=1`; next; ) {
      const { body } = await service.api.get(next).set(coordinatorOf('TUN')).expect(200);
      found.push(...body.features.map(({ id }: { id: string }) => id));
      next = nextOf(body);
    }
    expect(found).toEqual(whole);
    expect(whole.length).toBe(3);
  });

  test('leaves the entry of a read', async () => {
    const path = `/incidents?source=${source}&as=LBY`;
    const { entries } = await ask(service, { path, headers: coordinatorOf('TUN') });
    // CLEAR rows are not audited
    expect(entries).toMatchObject([{ action: 'read', row_count: 2, shares: [0, 0, 2] }, {}]);
  });

  test.each([
    ['nobody known', {}, 'LBY', 401, /role coordinator/],
    ['a reader', as(keyOf('TUN', 'reader')), 'LBY', 403, /coordinator of TUN/],
    ['an admin', as(keyOf('TUN', 'admin')), 'LBY', 403, /coordinator of TUN/],
    [
      'a coordinator about the own country',
      coordinatorOf('TUN'),
      'TUN',
      400,
      /Name DZA or LBY, or leave it out/,
    ],
    ['a coordinator about another one', coordinatorOf('TUN'), 'FRA', 400, /DZA.*LBY.*TUN/],
  ])('refuses %s', async (_, headers, country, status, words) => {
    const { body } = await service.api.get(`/v1/incidents?as=${country}`).set(headers).expect(status);
    expect(body.detail).toMatch(words);
  });
});
