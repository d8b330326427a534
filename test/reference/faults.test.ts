import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CORRECTION_FAULTS } from '../../src/db/correction.fault.ts';
import { schemaFiles } from '../../src/db/schema.files.ts';
import { reference } from '../support/builders.reference.ts';
import { aCorrection, aSide, type GivenFeature, preview, propose } from '../support/corrections.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const line = reference.borders.find(({ id }) => id === 'LBY-TUN')!.geometry.coordinates as [number, number][];
const lineWith = (coordinates: number[][]) => ({ type: 'LineString', coordinates });
const segment = (id: string, properties: object, more: object = {}): GivenFeature => ({
  collection: 'segments',
  id,
  properties: properties as Record<string, unknown>,
  ...more,
});
const border = (coordinates: number[][]): GivenFeature => ({
  collection: 'borders',
  id: 'LBY-TUN',
  geometry: lineWith(coordinates),
});
const crossing = (
  id: string,
  at: [number, number],
  properties: Record<string, unknown> = {},
): GivenFeature => ({
  collection: 'crossings',
  id,
  geometry: { type: 'Point', coordinates: at },
  properties,
});
const whole = { names: { en: 'New post' }, kind: 'road', horizontalAccuracyMetres: 100 };
const names = { en: 'New' };

/** Each fault, with a file that has it and the path of its feature. */
const FAULTS: Record<(typeof CORRECTION_FAULTS)[number], [GivenFeature[], string?]> = {
  'border-ends-move': [[border(line.slice(0, -1))], 'features.0'],
  'border-line-crosses': [[border([...line.slice(0, 40), line[10]!, ...line.slice(41)])], 'features.0'],
  'segment-unknown': [[segment('LBY-TUN-77', {}, { removed: true })], 'features.0'],
  'segment-in-use': [[segment('LBY-TUN-04', {}, { removed: true })], 'features.0'],
  'segment-without-names': [[aSide('x'), segment('LBY-TUN-77', { fromKm: 1, toKm: 2 })], 'features.1'],
  'segment-without-stretch': [[segment('LBY-TUN-77', { names, fromKm: 3, toKm: 2 })], 'features.0'],
  'segment-off-border': [
    [segment('LBY-TUN-77', { names }, { geometry: lineWith([[9, 33], line[30]!]) })],
    'features.0',
  ],
  'segments-leave-gap': [[segment('LBY-TUN-02', { toKm: 100 })]],
  'segments-overlap': [[segment('LBY-TUN-02', { toKm: 110 })]],
  'crossing-incomplete': [[crossing('new-post', line[20]!, { kind: 'road' })], 'features.0'],
  'crossing-off-border': [[crossing('ras-ajdir', [10, 34])], 'features.0'],
  'crossing-without-sides': [
    [crossing('new-post', line[20]!, whole), aSide('x', 'new-post/TUN')],
    'features.0',
  ],
  'side-unknown': [[aSide('x', 'nowhere/TUN')], 'features.0'],
  'correction-too-early': [[aSide('y', 'bouchebka/TUN')]],
  'correction-changes-nothing': [[aSide('x', 'bouchebka/TUN')]],
};

beforeAll(async () => {
  const mandate = {
    agency: agencyOf(keyOf('TUN', 'admin')),
    function: 'border_surveillance',
    rank: 'primary',
    source: 'Test',
  };
  await service.api
    .post('/v1/mandates')
    .set(as(keyOf('TUN', 'admin')))
    .send({ ...mandate, scope: { type: 'segment', segment: 'LBY-TUN-04' } })
    .expect(201);
  await propose(service.api, 'TUN', aCorrection([aSide('x', 'bouchebka/TUN')])).expect(201);
});

test.each(Object.entries(FAULTS))(
  '%s is refused with the feature that has it',
  async (code, [features, path]) => {
    const validFrom = code === 'correction-too-early' ? '2026-01-01' : undefined;
    const { body } = await preview(service.api, 'TUN', aCorrection(features, { validFrom })).expect(422);
    expect(body.errors?.[0]?.code ?? body.code).toBe(code);
    expect(body.errors?.[0]?.path).toBe(path);
  },
);

test('a proposal that could not be applied is refused as its preview is', async () => {
  const { body } = await propose(service.api, 'TUN', aCorrection(FAULTS['segments-leave-gap'][0])).expect(
    422,
  );
  expect(body.detail).toBe(
    'No segment covers LBY-TUN from km 100 to km 106.446. Change the neighbours in the same file.',
  );
});

test('a file is refused for a row that it names twice, and for a time to come', async () => {
  const { body } = await preview(
    service.api,
    'TUN',
    aCorrection([aSide('x'), aSide('y')], { validFrom: '2999-01-01' }),
  ).expect(422);
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['validFrom', 'features.1.id']);
});

test('the database and the service know the same faults', () => {
  const texts = schemaFiles()
    .filter(({ path }) => path.startsWith('schema/reference/'))
    .map(({ text }) => text)
    .join();
  const raised = [...texts.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code);
  const known = [...CORRECTION_FAULTS, 'correction-overtaken', 'correction-not-yours'];
  expect(new Set(raised)).toEqual(new Set(known));
});
