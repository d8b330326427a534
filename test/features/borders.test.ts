import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bboxPolygon, booleanIntersects } from '@turf/turf';
import { idsOf, reference } from '../support/builders.reference.ts';
import { anIncident } from '../support/builders.ts';
import { geodesicMetres, type LonLat, travel } from '../support/geodesy.oracle.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const list = async (path: string) => (await service.api.get(path).expect(200)).body;

const lengthKm = (line: readonly LonLat[]): number =>
  line.slice(1).reduce((sum, vertex, i) => sum + geodesicMetres(line[i]!, vertex), 0) / 1000;

describe('the borders', () => {
  test('are the three of the reference data, with their lines and lengths', async () => {
    const { features } = await list('/v1/borders');
    expect(idsOf(features)).toEqual(['DZA-LBY', 'DZA-TUN', 'LBY-TUN']);
    for (const { id, geometry, properties } of reference.borders) {
      const answered = features.find((border: { id: string }) => border.id === id);
      expect(answered.geometry).toEqual(geometry);
      expect(answered.properties).toMatchObject({ countries: id.split('-'), names: properties.names });
      expect(answered.properties.lengthKm).toBeCloseTo(lengthKm(geometry.coordinates as LonLat[]), 2);
    }
  });

  test('of a country are those that it is one side of', async () => {
    expect(idsOf((await list('/v1/borders?country=LBY')).features)).toEqual(['DZA-LBY', 'LBY-TUN']);
  });

  test('are read by code; an unknown code is refused with the valid codes', async () => {
    expect((await list('/v1/borders/LBY-TUN')).properties.code).toBe('LBY-TUN');
    const { body } = await service.api.get('/v1/borders/DZA-MAR').expect(400);
    expect(body.detail).toMatch(/code.*DZA-TUN, LBY-TUN, DZA-LBY.*DZA-MAR/);
  });

  test.each(idsOf(reference.borders))(
    'answer the point of a chainage, which lies there: %s',
    async (code) => {
      const { geometry } = reference.borders.find(({ id }) => id === code)!;
      const line = geometry.coordinates as LonLat[];
      const { properties } = await list(`/v1/borders/${code}`);
      for (const count of [1, 2, Math.floor(line.length / 2), line.length]) {
        const km = Math.min(lengthKm(line.slice(0, count)), properties.lengthKm);
        const point = await list(`/v1/borders/${code}/points?km=${km}`);
        expect(geodesicMetres(point.geometry.coordinates, line[count - 1]!)).toBeLessThan(5);
        const [lon, lat] = point.geometry.coordinates;
        const { segment, horizontalAccuracyMetres } = point.properties;
        expect(point.properties).toMatchObject({ border: code, borderKm: km });
        const { nearestBorder } = await list(`/v1/locate?lon=${lon}&lat=${lat}`);
        if (nearestBorder.border !== code) continue; // the three lines meet at their ends
        expect(nearestBorder.borderKm).toBeCloseTo(km, 1);
        expect(reference.segments.find(({ id }) => id === segment)!.properties).toMatchObject({
          border: code,
        });
        expect(horizontalAccuracyMetres).toBeGreaterThan(0);
      }
    },
  );

  test('end where they end: a chainage beyond is refused with the length', async () => {
    const { lengthKm } = (await list('/v1/borders/LBY-TUN')).properties;
    const { body } = await service.api.get('/v1/borders/LBY-TUN/points?km=9999').expect(422);
    expect(body.detail).toContain(`at most ${lengthKm}`);
    await service.api.get('/v1/borders/LBY-TUN/points?km=-1').expect(400);
  });
});

describe('the segments', () => {
  test('are those of the reference data', async () => {
    const { features } = await list('/v1/segments');
    expect(idsOf(features)).toEqual(idsOf(reference.segments));
  });

  test('and the borders have names in three languages, which are marked as unchecked in two', async () => {
    for (const noun of ['borders', 'segments'] as const)
      for (const { id, properties } of (await list(`/v1/${noun}`)).features) {
        const { names } = reference[noun].find((one) => one.id === id)!.properties;
        expect(properties.names).toEqual(names);
        expect(Object.keys(names)).toEqual(['en', 'fr', 'ar']);
        expect(names.ar).toMatch(/^[\u0600-\u06FF –\d]+$/);
        expect(properties.unverifiedItems).toEqual(['French name', 'Arabic name']);
        const { body } = await service.api.get(`/v1/collections/${noun}/items/${id}`).expect(200);
        const { nameEn: en, nameFr: fr, nameAr: ar } = body.properties;
        expect({ en, fr, ar }).toEqual(names);
      }
  });

  test('are found by their names in each language', async () => {
    for (const q of ['El Borma south', 'El Borma sud', 'جنوب البرمة'])
      expect(idsOf((await list(`/v1/segments?q=${encodeURIComponent(q)}`)).features)).toEqual(['DZA-TUN-19']);
    const filter = encodeURIComponent("nameAr LIKE '%بوشبكة%'");
    const { features } = await list(`/v1/collections/segments/items?filter=${filter}`);
    expect(idsOf(features)).toEqual(['DZA-TUN-07']);
  });

  // names by rule: the same place has the same word wherever it stands, and that of its crossing
  test('have one word per place and language', () => {
    const words = new Map<string, string>();
    for (const { properties } of [...reference.segments, ...reference.crossings]) {
      const { en, fr, ar } = properties.names;
      const parts = [en, fr, ar].map((name: string) => name.split(' – '));
      expect(new Set(parts.map(({ length }) => length)).size).toBe(1);
      for (const [n, english] of parts[0]!.entries()) {
        const [french, arabic] = [parts[1]![n]!, parts[2]![n]!];
        const place = english
          .replace(/( north| south)?( \d)?$/, '')
          .normalize('NFD')
          .replace(/\p{M}/gu, '');
        const word = arabic.replace(/^(شمال|جنوب) /, '').replace(/ \d$/, '');
        words.set(place, words.get(place) ?? word);
        expect([place, word]).toEqual([place, words.get(place)]);
        expect([/ north/.test(english), / south/.test(english)]).toEqual([
          / nord/.test(french),
          / sud/.test(french),
        ]);
        expect([/ north/.test(english), / south/.test(english)]).toEqual([
          /^شمال /.test(arabic),
          /^جنوب /.test(arabic),
        ]);
      }
    }
  });

  test.each(['DZA-TUN', 'LBY-TUN', 'DZA-LBY'])(
    'of %s follow one another from north to south',
    async (code) => {
      const { features } = await list(`/v1/segments?border=${code}`);
      expect(idsOf(features)).toEqual(
        idsOf(reference.segments.filter(({ properties }) => properties.border === code)),
      );
      let km = 0;
      for (const { properties } of features) {
        expect(properties.fromKm).toBe(km);
        km = properties.toKm;
      }
      const border = reference.borders.find(({ id }) => id === code)!;
      expect(km).toBeCloseTo(lengthKm(border.geometry.coordinates as LonLat[]), 2);
    },
  );

  test('are as long as their chainages say', async () => {
    const { features } = await list('/v1/segments');
    for (const { geometry, properties } of features)
      expect(Math.abs(lengthKm(geometry.coordinates) - (properties.toKm - properties.fromKm))).toBeLessThan(
        0.002,
      );
  });

  test('of a country are those of all its borders', async () => {
    const { features } = await list('/v1/segments?country=TUN');
    expect(idsOf(features)).toEqual(idsOf(reference.segments.filter(({ id }) => id.includes('TUN'))));
  });

  test('that do not exist are 404, malformed ids 400', async () => {
    await service.api.get('/v1/segments/DZA-TUN-99').expect(404);
    await service.api.get('/v1/segments/seven').expect(400);
  });
});

describe('bbox', () => {
  const expected = (...boxes: [number, number, number, number][]) =>
    idsOf(
      reference.segments.filter(({ geometry }) =>
        boxes.some((box) => booleanIntersects(bboxPolygon(box), geometry)),
      ),
    );

  test.each<[number, number, number, number]>([
    [8, 33, 9, 34],
    [7, 36, 9, 37],
    [9, 24, 11, 31],
    [-20, 0, -10, 10],
  ])('%d,%d,%d,%d keeps what turf keeps', async (...box) => {
    const { features } = await list(`/v1/segments?bbox=${box}`);
    expect(idsOf(features)).toEqual(expected(box));
  });

  test('of six numbers ignores the heights', async () => {
    const { features } = await list('/v1/segments?bbox=8,33,-50,9,34,2000');
    expect(idsOf(features)).toEqual(expected([8, 33, 9, 34]));
  });

  test('with west greater than east goes round the other side of the globe', async () => {
    const { features } = await list('/v1/segments?bbox=10,20,8.4,38');
    expect(features.length).toBeGreaterThan(0);
    expect(idsOf(features)).toEqual(expected([10, 20, 180, 38], [-180, 20, 8.4, 38]));
  });

  test.each([
    ['three numbers', '8,33,9', /bbox/],
    ['no number', 'NaN,33,9,34', /west.*NaN/],
    ['infinity', '8,33,Infinity,34', /east.*Infinity/],
    ['a longitude of 181', '8,33,181,34', /east.*181/],
    ['a latitude of 91', '8,33,9,91', /north.*91/],
    ['south above north', '8,34,9,33', /south 34.*north 33/],
    ['an invalid height', '8,33,low,9,34,high', /low/],
    ['nothing', '', /bbox/],
  ])('of %s is refused', async (_what, bbox, words) => {
    for (const noun of ['borders', 'segments', 'crossings', 'agencies', 'zones', 'incidents']) {
      const { body } = await service.api.get(`/v1/${noun}`).query({ bbox }).expect(400);
      expect(body.detail).toMatch(words);
      expect(body.errors[0]).toMatchObject({ in: 'query', path: 'bbox' });
    }
  });
});

describe('incidents within a distance of a segment', () => {
  const [id, line] = [
    'DZA-TUN-07',
    reference.segments.find((one) => one.id === 'DZA-TUN-07')!.geometry.coordinates,
  ];
  const incident = async (at: LonLat) => {
    const { body } = await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at, tlp: 'CLEAR' }))
      .expect(201);
    return body.id as string;
  };
  const metresToLine = (point: LonLat): number =>
    Math.min(...densified().map((place) => geodesicMetres(point, place)));
  const densified = () =>
    (line as LonLat[]).slice(1).flatMap(([lon, lat], i): LonLat[] => {
      const [fromLon, fromLat] = line[i] as LonLat;
      const steps = Math.ceil(geodesicMetres([fromLon, fromLat], [lon, lat]) / 20);
      return Array.from({ length: steps + 1 }, (_, step) => [
        fromLon + ((lon - fromLon) * step) / steps,
        fromLat + ((lat - fromLat) * step) / steps,
      ]);
    });

  test('come with their distance, without those further away', async () => {
    const middle = line[Math.floor(line.length / 2)] as LonLat;
    const places = [3000, 9000, 30_000].map((metres) => travel(middle, 100, metres));
    const ids = [];
    for (const place of places) ids.push(await incident(place));
    const { features } = await list(`/v1/segments/${id}/incidents?withinMetres=10000`);
    expect(idsOf(features)).toEqual(idsOf(ids.slice(0, 2).map((one) => ({ id: one }))));
    for (const { geometry, properties } of features)
      expect(Math.abs(properties.distanceMetres - metresToLine(geometry.coordinates))).toBeLessThan(1);
  });

  test('of an unknown segment are 404, of a negative distance 400', async () => {
    await service.api.get('/v1/segments/DZA-TUN-99/incidents').expect(404);
    await service.api.get(`/v1/segments/${id}/incidents?withinMetres=-1`).expect(400);
  });
});
