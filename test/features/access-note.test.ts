import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { v7 as uuidv7 } from 'uuid';
import { aFlatIncident } from '../support/builders.flat.ts';
import { anIncident } from '../support/builders.ts';
import { callerOf } from '../support/callers.ts';
import { parametersOf } from '../support/cap.ts';
import { follow } from '../support/feed.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { readGeoPackage } from '../support/geopackage.ts';
import { editorOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, readTile, tileOf } from '../support/tiles.ts';
import { asText, parseXml } from '../support/xml.ts';

// The property that README, "Add a field", shows: one line of a table, and it is in every format.
const NOTE = 'From the S "south" gate, 4x4 only, then 2 km on foot; wadi';
const AT: [number, number] = [8.42, 35.2];
const REPORTER = as(keyOf('TUN', 'reporter'));
const ITEMS = '/v1/collections/incidents/items';

let service: TestService;
let id: string;
beforeAll(async () => {
  service = await startService();
  const { body } = await post(anIncident({ at: AT, source: 'note', accessNote: NOTE })).expect(201);
  id = body.id;
  await post(anIncident({ at: AT, source: 'note' })).expect(201);
});
afterAll(() => service.stop());

const post = (incident: object) => service.api.post('/v1/incidents').set(REPORTER).send(incident);
const get = (path: string) => service.api.get(path).set(REPORTER);
const read = async (path: string) => (await get(path).expect(200)).body;

describe('an accessNote', () => {
  test('is answered as it was sent, and null where none was', async () => {
    expect((await read(`/v1/incidents/${id}`)).properties.accessNote).toBe(NOTE);
    const { features } = await read('/v1/incidents?source=note');
    const notes = features.map((one: { properties: { accessNote: unknown } }) => one.properties.accessNote);
    expect(notes).toEqual([null, NOTE]);
  });

  test('is a part of the content that PUT compares', async () => {
    const put = (accessNote: string | undefined) =>
      service.api.put(`/v1/incidents/${own}`).set(REPORTER).send(anIncident({ accessNote }));
    const own = uuidv7();
    await put(NOTE).expect(201);
    await put(NOTE).expect(200);
    await put('Another way').expect(409);
    await put(undefined).expect(409);
  });

  test.each([
    ['of a telephone', 'Call the guide on +216 98 123 456', 422],
    ['of more than 200 characters', 'x'.repeat(201), 400],
  ])('%s is refused', async (_what, accessNote, status) => {
    const { body } = await post(anIncident({ accessNote })).expect(status);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'properties.accessNote' })]);
    expect(JSON.stringify(body)).not.toContain('123 456');
  });

  test('is said once in a layer, and may be repeated', async () => {
    const editor = editorOf(service.api, 'incidents', REPORTER);
    const added = await editor.add(aFlatIncident({ accessNote: NOTE }));
    const item = (await editor.get(added).expect(200)).body;
    expect(item.properties.accessNote).toBe(NOTE);
    await editor.put(added, item).expect(204);
    await editor.patch(added, { properties: { accessNote: NOTE } }).expect(204);
    await editor.patch(added, { properties: { accessNote: 'Another way' } }).expect(422);
    expect((await editor.get(added).expect(200)).body.properties).toEqual(item.properties);
  });
});

describe('an import', () => {
  const feature = (source: string, accessNote: string) =>
    anIncident({ at: [9, 33], source, externalId: 'x', tlp: 'GREEN', releasableTo: [], accessNote });
  const FILES: [type: string, fileOf: (source: string, note: string) => string][] = [
    [
      'text/csv',
      (source, note) =>
        'accessNote,lon,lat,kind,severity,certainty,nature,occurredAt,horizontalAccuracyMetres,source,externalId\n' +
        `"${note.replaceAll('"', '""')}",9,33,fire,minor,likely,actual,2026-02-01,10,${source},x\n`,
    ],
    [
      'application/geo+json',
      (source, note) => JSON.stringify({ type: 'FeatureCollection', features: [feature(source, note)] }),
    ],
    ['application/geo+json-seq', (source, note) => JSON.stringify(feature(source, note))],
  ];

  test.each(FILES)('of %s takes it, and updates it when it has changed', async (type, fileOf) => {
    const source = `note ${type}`;
    const send = async (note: string) => {
      const answer = service.api.post('/v1/incidents/import').set(REPORTER).set('Content-Type', type);
      return (await answer.send(fileOf(source, note)).expect(200)).body;
    };
    const stored = async () =>
      (await read(`/v1/incidents?source=${encodeURIComponent(source)}`)).features[0].properties.accessNote;
    expect(await send(NOTE)).toMatchObject({ accepted: 1, updated: 0, unchanged: 0 });
    expect(await stored()).toBe(NOTE);
    expect(await send(NOTE)).toMatchObject({ accepted: 0, updated: 0, unchanged: 1 });
    expect(await send('Another way')).toMatchObject({ accepted: 0, updated: 1, unchanged: 0 });
    expect(await stored()).toBe('Another way');
  });
});

describe('the layer', () => {
  test('has it behind all other fields, to filter and sort by', async () => {
    const { properties } = await read('/v1/collections/incidents/schema');
    expect(Object.keys(properties).at(-1)).toBe('accessNote');
    const filter = encodeURIComponent("accessNote LIKE '%4x4%' AND source = 'note'");
    const { features } = await read(`${ITEMS}?filter=${filter}&sortby=accessNote`);
    expect(features.map((one: { id: string }) => one.id)).toEqual([id]);
    expect(Object.keys(features[0].properties).at(-1)).toBe('accessNote');
  });

  const FORMATS: Record<string, (bytes: Buffer) => Promise<Record<string, unknown>[]>> = {
    geojsonseq: async (bytes) =>
      bytes
        .toString()
        .split('\x1e')
        .filter(Boolean)
        .map((text) => JSON.parse(text).properties),
    fgb: async (bytes) => readFlatGeobuf(bytes).features.map(({ properties }) => properties),
    gpkg: async (bytes) => readGeoPackage(bytes, 'incidents').features.map(({ properties }) => properties),
    parquet: async (bytes) => {
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
      return parquetReadObjects({ file, geoparquet: false });
    },
  };

  test.each(Object.keys(FORMATS))('has it as %s', async (f) => {
    const answer = await get(`${ITEMS}?source=note&f=${f}`).responseType('blob').expect(200);
    const features = await FORMATS[f]!(answer.body as Buffer);
    expect(features.map(({ accessNote = null }) => accessNote)).toEqual(expect.arrayContaining([NOTE, null]));
    expect(Object.keys(features.find(({ accessNote }) => accessNote)!).at(-1)).toBe('accessNote');
  });

  test('has it as CSV and as a page', async () => {
    const csv = (await get(`${ITEMS}?source=note&f=csv`).expect(200)).text;
    expect(csv.split('\n')[0]).toMatch(/,accessNote\r?$/);
    expect(csv).toContain(`"${NOTE.replaceAll('"', '""')}"`);
    const page = (await get(`${ITEMS}?source=note&f=html`).expect(200)).text;
    expect(page).toContain('Access note');
    expect(page).toContain('4x4 only, then 2 km on foot');
  });

  test('has it in its tiles', async () => {
    const layers = await readTile(
      service.api,
      pathOfTile('incidents', tileOf(14, AT), '?source=note'),
      REPORTER,
    );
    expect(layers.incidents!.map(({ properties }) => properties.accessNote)).toContain(NOTE);
  });

  test('has it in the change feed', async () => {
    const reader = await follow(service, callerOf('TUN', 'reporter'), '&include=feature');
    await post(anIncident({ accessNote: NOTE })).expect(201);
    const feature = { properties: { accessNote: NOTE } };
    expect(await reader.news()).toMatchObject([{ feature }]);
  });
});

test('CAP has it as a parameter', async () => {
  const answer = await get(`/v1/incidents/${id}.cap`).buffer().parse(asText).expect(200);
  const { alert } = parseXml(answer.body as unknown as string);
  for (const info of alert.info) expect(parametersOf(info).accessNote).toBe(NOTE);
});
