import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import geographiclib from 'geographiclib-geodesic';
import { crossingOf, idsOf, mandatesAt, positionOf, reference } from '../support/builders.reference.ts';
import { aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ask = (query: Record<string, unknown>) => service.api.get('/v1/crossings/nearest').query(query);
const nearest = async (query: Record<string, unknown>, headers = {}) =>
  (await ask(query).set(headers).expect(200)).body.features;

interface Answered {
  id: string;
  properties: Record<string, number>;
}
interface Entry {
  agency: { id: string };
  mandate: string;
  function: string;
  rank: string;
  scope: { type: string; id: string };
  preferred: boolean;
}

/** Distance and first direction, by Karney's geodesics. */
function wayTo(id: string, { lon, lat }: { lon: number; lat: number }) {
  const to = positionOf(id);
  const { s12, azi1 } = geographiclib.Geodesic.WGS84.Inverse(lat, lon, to.lat, to.lon);
  return { metres: s12!, bearing: (azi1! + 360) % 360 };
}

describe('the nearest crossings', () => {
  const here = { lon: 8.9, lat: 35.6 };

  test('come in geodesic order, with distance and direction', async () => {
    const features: Answered[] = await nearest({ ...here, limit: 50 });
    const byDistance = reference.crossings.map(({ id }) => ({ id, ...wayTo(id, here) }));
    byDistance.sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1));
    expect(features.map(({ id }) => id)).toEqual(byDistance.map(({ id }) => id));
    features.forEach(({ properties }, i) => {
      expect(Math.abs(properties.distanceMetres! - byDistance[i]!.metres)).toBeLessThan(0.1);
      expect(Math.abs(properties.bearingDegrees! - byDistance[i]!.bearing)).toBeLessThan(0.02);
    });
  });

  test('are three by default, and never more than fifty', async () => {
    expect(await nearest(here)).toHaveLength(3);
    expect(await nearest({ ...here, limit: 1 })).toHaveLength(1);
    expect(await nearest({ ...here, limit: 5000 })).toHaveLength(reference.crossings.length);
  });

  test('of a country have a side of it', async () => {
    const features: Answered[] = await nearest({ ...here, country: 'LBY', limit: 50 });
    expect(idsOf(features)).toEqual(
      idsOf(reference.crossings.filter(({ properties }) => properties.border.includes('LBY'))),
    );
  });

  test('have no direction at the crossing itself', async () => {
    const [first] = await nearest({ ...positionOf('ras-ajdir'), limit: 1 });
    expect(first).toMatchObject({ id: 'ras-ajdir', properties: { distanceMetres: 0, bearingDegrees: null } });
  });

  test('show both sides and their statements', async () => {
    const [first] = await nearest({ ...positionOf('debdeb-ghadames'), limit: 1 });
    expect(first.properties.sides).toMatchObject([
      { country: 'DZA', state: 'restricted', statements: [{ traffic: ['goods'] }] },
      { country: 'LBY', state: 'restricted', statements: [{ traffic: ['goods'] }] },
    ]);
    expect(first.properties.status.state).toBe('restricted');
  });

  const refused: [query: Record<string, unknown>, words: RegExp][] = [
    [{ lon: 181, lat: 35 }, /lon.*181/],
    [{ lon: 8, lat: -90.5 }, /lat.*-90.5/],
    [{ lon: 8 }, /lat/],
    [{ lon: '8,5', lat: 35 }, /lon.*8,5/],
    [{ lon: 'NaN', lat: 35 }, /lon.*NaN/],
    [{ lon: 8, lat: 35, limit: 0 }, /limit.*0/],
    [{ lon: 8, lat: 35, usable: 'perhaps' }, /usable.*perhaps/],
    [{ lon: 8, lat: 35, function: 'singing' }, /function.*search_rescue.*singing/],
    [{ lon: 8, lat: 35, at: 'now' }, /at.*now/],
    [{ lon: 8, lat: 35, radius: 5 }, /radius.*not known/],
  ];
  test.each(refused)('are not found for %j', async (query, words) => {
    const { body } = await ask(query).expect(400);
    expect(body.detail).toMatch(words);
  });
});

describe('who is responsible', () => {
  const responsible = async (crossing: string, query: object, headers = {}): Promise<Entry[]> => {
    const [first] = await nearest({ ...positionOf(crossing), limit: 1, ...query }, headers);
    expect(first.id).toBe(crossing);
    return first.properties.responsible;
  };
  const agencies = (entries: Entry[]) => entries.map(({ agency }) => agency.id);

  test.each(['ras-ajdir', 'tin-alkoum-issin', 'bouchebka'])(
    'for %s are all mandates of both sides',
    async (id) => {
      const { border } = crossingOf(id).properties;
      const entries = await responsible(id, { at: '2026-03-01' });
      const expected = mandatesAt({ countries: border.split('-'), border, crossing: id }, '2026-03-01');
      expect(entries.map(({ mandate }) => mandate).sort()).toEqual(expected);
    },
  );

  test('comes with primary mandates before others, and narrower scopes before wider', async () => {
    const ranks = ['primary', 'supporting', 'disputed'];
    const scopes = ['crossing-side', 'zone', 'segment', 'border', 'country-border'];
    for (const id of ['ras-ajdir', 'tin-alkoum-issin']) {
      const entries = await responsible(id, {});
      const keys = entries.map(({ rank, scope }) => ranks.indexOf(rank) * 10 + scopes.indexOf(scope.type));
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
    }
  });

  test('for the security of Ras Ajdir is the body named for it, then the general one', async () => {
    const entries = await responsible('ras-ajdir', { function: 'port_security', at: '2026-03-01' });
    expect(agencies(entries)).toEqual(['lby-application-loi', 'lby-securite-points-passage']);
    expect(entries).toMatchObject([
      { mandate: 'm-022', scope: { type: 'crossing-side', id: 'ras-ajdir' }, preferred: true },
      { mandate: 'm-020', scope: { type: 'country-border', id: 'LBY' }, preferred: false },
    ]);
  });

  test('changes on the day on which a mandate begins', async () => {
    const at = async (instant: string) =>
      agencies(await responsible('ras-ajdir', { function: 'port_security', at: instant }));
    expect(await at('2023-12-31T23:59:59Z')).toEqual(['lby-securite-points-passage']);
    expect(await at('2024-01-01T00:00:00Z')).toEqual(['lby-application-loi', 'lby-securite-points-passage']);
  });

  test('lists disputed mandates after undisputed ones, and marks them', async () => {
    const entries = await responsible('tin-alkoum-issin', { function: 'port_security' });
    expect(entries.map(({ rank }) => rank)).toEqual(['primary', 'disputed']);
  });

  test('can be filtered by function', async () => {
    const entries = await responsible('bouchebka', { function: 'search_rescue' });
    expect(entries.map(({ mandate }) => mandate).sort()).toEqual(['m-007', 'm-015']);
  });

  test('includes mandates for a surrounding zone, for those who see the zone', async () => {
    const { lon, lat } = positionOf('betita-tamaghza');
    const zone = await agreeZone(service.api, 'TUN', { geometry: aSquare([lon, lat]) });
    const mandate = {
      agency: agencyOf(keyOf('TUN', 'admin')),
      function: 'zone_access',
      scope: { type: 'zone', zone: zone.id },
      source: 'exercise plan of 2026',
    };
    await service.api
      .post('/v1/mandates')
      .set(as(keyOf('TUN', 'admin')))
      .send(mandate)
      .expect(201);
    const asked = { function: 'zone_access' };
    const seen = await responsible('betita-tamaghza', asked, as(keyOf('DZA', 'reader')));
    expect(seen).toMatchObject([{ agency: { id: mandate.agency }, scope: { type: 'zone', id: zone.id } }]);
    expect(await responsible('betita-tamaghza', asked)).toEqual([]);
  });
});

describe('a closed crossing', () => {
  const close = (crossing: string, period: object) =>
    service.api
      .post(`/v1/crossings/${crossing}/status`)
      .set(as(keyOf('TUN', 'operator')))
      .send({ state: 'closed', ...period })
      .expect(201);
  const alternatives = async (crossing: string, at: string) =>
    (await nearest({ ...positionOf(crossing), limit: 1, at }))[0].properties.alternatives;

  test('names the reported alternative', async () => {
    await close('ras-ajdir', { from: '2026-05-01', to: '2026-05-02' });
    const { metres } = wayTo('dehiba-wazin', positionOf('ras-ajdir'));
    const [first, ...others] = await alternatives('ras-ajdir', '2026-05-01T12:00:00Z');
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: 'dehiba-wazin', state: 'open', basis: 'reported' });
    expect(first.distanceMetres).toBeCloseTo(metres, 0);
  });

  test('names the nearest usable one of its border without a report', async () => {
    await close('el-aioun-babouch', { from: '2026-05-01', to: '2026-05-02' });
    expect(await alternatives('el-aioun-babouch', '2026-05-01T12:00:00Z')).toMatchObject([
      { id: 'oum-teboul-melloula', state: 'open', basis: 'nearest' },
    ]);
  });

  test('names the nearest usable one if the reported alternative is closed too', async () => {
    const period = { from: '2026-05-11', to: '2026-05-12' };
    await close('oum-teboul-melloula', period);
    await close('el-aioun-babouch', period);
    const [first] = await alternatives('oum-teboul-melloula', '2026-05-11T12:00:00Z');
    expect(first).toMatchObject({ id: 'ouled-moumen-ghardimaou', basis: 'nearest' });
  });

  test('is left out of a request for usable ones', async () => {
    const here = positionOf('tarat');
    const all: Answered[] = await nearest({ ...here, limit: 3 });
    expect(all.map(({ id }) => id)).toEqual(['tarat', 'tin-alkoum-issin', 'debdeb-ghadames']);
    const usable: Answered[] = await nearest({ ...here, limit: 50, usable: true });
    expect(usable[0]).toMatchObject({ id: 'debdeb-ghadames' });
    const isUsable = ({ properties: { status } }: { properties: Record<string, { state: string }> }) =>
      ['open', 'restricted'].includes(status!.state);
    expect(idsOf(usable)).toEqual(idsOf(reference.crossings.filter((one) => isUsable(one as never))));
  });

  test('of the past is left out at that time only', async () => {
    await close('bouchebka', { from: '2026-05-21', to: '2026-05-22' });
    const first = async (at: string) =>
      (await nearest({ ...positionOf('bouchebka'), limit: 1, usable: true, at }))[0].id;
    expect(await first('2026-05-21T12:00:00Z')).not.toBe('bouchebka');
    expect(await first('2026-05-22T00:00:00Z')).toBe('bouchebka');
  });

  test('has alternatives; an open one does not', async () => {
    const [closed] = await alternatives('tarat', '2026-05-01');
    expect(closed).toMatchObject({ id: 'debdeb-ghadames', state: 'restricted', basis: 'nearest' });
    expect(await alternatives('oum-teboul-melloula', '2026-04-01')).toEqual([]);
  });
});
