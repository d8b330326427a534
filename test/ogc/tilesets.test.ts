import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { anIncident } from '../support/builders.ts';
import { follow, LAYERS, type Link, linkOf, pathOf } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { readTile, tileOf } from '../support/tiles.ts';

let service: TestService;
const TILED = LAYERS.filter((id) => id !== 'agencies' && id !== 'indicators');
const OGC = 'http://www.opengis.net/def/rel/ogc/1.0';
beforeAll(async () => {
  service = await startService();
  const incident = anIncident({ at: [8.42, 35.2], tlp: 'CLEAR' });
  await service.api
    .post('/v1/incidents')
    .set(as(keyOf('TUN', 'reporter')))
    .send(incident)
    .expect(201);
});
afterAll(() => service.stop());

const get = async (path: string) => (await service.api.get(path).expect(200)).body;
const json = async (path: string) =>
  (await follow(service.api, { href: `http://x${path}`, type: '', rel: '' })).body;
const linksOf = async (path: string): Promise<Link[]> => (await get(path)).links;

/** Paths under which tiles are: of each layer, and of all. */
const BASES = [...TILED.map((id) => `/v1/collections/${id}`), '/v1'];

describe('ogcapi-tiles-1/tilesets-list, ogcapi-tiles-1/geodata-tilesets, ogcapi-tiles-1/dataset-tilesets', () => {
  test.each(BASES)('%s links to its tilesets, and they to tiles', async (base) => {
    const list = pathOf(linkOf(await linksOf(base === '/v1' ? '/v1/' : base), `${OGC}/tilesets-vector`).href);
    expect(list).toBe(`${base}/tiles`);
    const { tilesets } = await get(list);
    expect(tilesets).toHaveLength(1);
    expect(tilesets[0]).toMatchObject({
      dataType: 'vector',
      crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
      tileMatrixSetId: 'WebMercatorQuad',
      tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
    });
    // the suite of the OGC asks each of them
    for (const { href, templated } of tilesets[0].links)
      if (!templated) await service.api.get(pathOf(href)).expect(200);
    const tileset = await get(pathOf(linkOf(tilesets[0].links, 'self').href));
    expect(tilesets[0].tileMatrixSetLimits).toEqual(tileset.tileMatrixSetLimits);
    const item = linkOf(tilesets[0].links, 'item');
    expect(item).toEqual(linkOf(tileset.links, 'item'));
    expect(item).toMatchObject({ templated: true, type: 'application/vnd.mapbox-vector-tile' });
    const { z, x, y } = tileOf(6, [8.42, 35.2]);
    const path = item.href
      .replace('{tileMatrix}', String(z))
      .replace('{tileRow}', String(y))
      .replace('{tileCol}', String(x));
    // zones that are agreed upon are none here, and alerts are for agencies alone
    if (!/(zones|alerts)$/.test(base))
      expect(Object.keys(await readTile(service.api, pathOf(path)))).not.toEqual([]);
  });

  test('agencies have no tiles', async () => {
    const rels = (await linksOf('/v1/collections/agencies')).map(({ rel }) => rel);
    expect(rels).not.toContain(`${OGC}/tilesets-vector`);
  });
});

describe('ogcapi-tiles-1/tileset', () => {
  test.each(BASES)('%s describes the content, URL and matrix set of its tiles', async (base) => {
    const tileset = await get(`${base}/tiles/WebMercatorQuad`);
    for (const rel of ['self', 'alternate', 'stylesheet', `${OGC}/tiling-scheme`])
      await service.api.get(pathOf(linkOf(tileset.links, rel).href)).expect(200);
    const ids = tileset.layers.map(({ id }: { id: string }) => id);
    expect(ids.slice(0, 1)).toEqual([base === '/v1' ? 'borders' : base.split('/').at(-1)]);
    for (const {
      tileMatrix,
      minTileRow,
      maxTileRow,
      minTileCol,
      maxTileCol,
    } of tileset.tileMatrixSetLimits) {
      const last = 2 ** Number(tileMatrix) - 1;
      expect([minTileRow >= 0, minTileRow <= maxTileRow, maxTileRow <= last]).toEqual([true, true, true]);
      expect([minTileCol >= 0, minTileCol <= maxTileCol, maxTileCol <= last]).toEqual([true, true, true]);
    }
    expect(tileset.tileMatrixSetLimits[0]).toMatchObject({ tileMatrix: '0', maxTileRow: 0, minTileCol: 0 });
  });

  test('the limits contain all non-empty tiles', async () => {
    const { tileMatrixSetLimits } = await get('/v1/collections/incidents/tiles/WebMercatorQuad');
    for (const z of [4, 9, 13]) {
      const { x, y } = tileOf(z, [8.42, 35.2]);
      const limits = tileMatrixSetLimits[z];
      expect(limits.minTileRow <= y && y <= limits.maxTileRow).toBe(true);
      expect(limits.minTileCol <= x && x <= limits.maxTileCol).toBe(true);
    }
  });

  test('WebMercatorQuad is that of the standard', async () => {
    const { tileMatrixSets } = await get('/v1/tileMatrixSets');
    const set = await get(pathOf(linkOf(tileMatrixSets[0].links, `${OGC}/tiling-scheme`).href));
    expect(set.tileMatrices).toHaveLength(25);
    // OGC 17-083r4, Annex D.1
    expect(set.tileMatrices[0]).toMatchObject({ id: '0', matrixWidth: 1, tileWidth: 256 });
    expect(set.tileMatrices[0].scaleDenominator).toBeCloseTo(559_082_264.028_717_8, 4);
    expect(set.tileMatrices[18].cellSize).toBeCloseTo(0.597_164_283_559_817, 9);
    expect(set.tileMatrices[24].scaleDenominator).toBeCloseTo(33.323_899_747_653, 9);
  });
});

describe('ogcapi-tiles-1/oas30', () => {
  test('the OpenAPI document has each tile resource', async () => {
    const { paths } = await json('/v1/openapi.json');
    for (const base of ['', '/collections/{collectionId}'])
      for (const rest of ['', '/WebMercatorQuad', '/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}'])
        expect(Object.keys(paths)).toContain(`${base}/tiles${rest}`);
    const tile = paths['/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}'].get;
    expect(Object.keys(tile.responses['200'].content)).toEqual(['application/vnd.mapbox-vector-tile']);
  });

  test('operations have the ids of the standard', async () => {
    const { paths } = await json('/v1/openapi.json');
    const nameOf = (path: string): string => paths[path].get.operationId;
    for (const [base, of] of [
      ['', 'dataset'],
      ['/collections/{collectionId}', 'collection'],
    ]) {
      const tiles = `${base}/tiles/WebMercatorQuad`;
      expect(nameOf(`${base}/tiles`)).toBe(`.${of}.vector.getTileSetsList`);
      expect(nameOf(tiles)).toBe(`.${of}.vector.getTileSet`);
      expect(nameOf(`${tiles}/{tileMatrix}/{tileRow}/{tileCol}`)).toBe(`.${of}.vector.getTile`);
    }
    expect(nameOf('/tileMatrixSets')).toBe('getTileMatrixSetsList');
    expect(nameOf('/tileMatrixSets/WebMercatorQuad')).toBe('getTileMatrixSet');
  });
});

describe('TileJSON', () => {
  test.each(BASES)('of %s lists the layers and fields of its tiles', async (base) => {
    const body = await json(`${base}/tiles/WebMercatorQuad?f=tilejson`);
    expect(body).toMatchObject({ tilejson: '3.0.0', minzoom: 0, maxzoom: 16, scheme: 'xyz' });
    const { z, x, y } = tileOf(8, [8.42, 35.2]);
    const url = body.tiles[0].replace('{z}', z).replace('{x}', x).replace('{y}', y);
    const layers = await readTile(service.api, pathOf(url));
    for (const [name, features] of Object.entries(layers)) {
      const layer = body.vector_layers.find(({ id }: { id: string }) => id === name);
      const fields: Record<string, string> = layer.fields;
      for (const { properties } of features)
        for (const [key, value] of Object.entries(properties))
          expect(`${name}.${key}: ${fields[key]}`.toLowerCase()).toBe(
            `${name}.${key}: ${typeof value}`.toLowerCase(),
          );
    }
  });

  test('has the bounds of the visible features', async () => {
    const { bounds } = await json('/v1/collections/incidents/tiles/WebMercatorQuad?f=tilejson');
    expect(bounds).toEqual([8.4, 35.2, 8.5, 35.3].map((n) => expect.closeTo(n, 0)));
    const [west, south, east, north] = bounds;
    expect(west <= 8.42 && 8.42 <= east && south <= 35.2 && 35.2 <= north).toBe(true);
  });
});

describe('the style', () => {
  test.each(BASES)('of %s is valid, and draws existing layers', async (base) => {
    const style = await json(`${base}/style`);
    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
    const source = style.sources.tripoint;
    const tilejson = await json(pathOf(source.url));
    const ids = tilejson.vector_layers.map(({ id }: { id: string }) => id);
    const drawn = style.layers.flatMap((layer: Record<string, string>) => layer['source-layer'] ?? []);
    expect(new Set(drawn)).toEqual(new Set(ids));
    expect(Object.keys(source.promoteId).sort()).toEqual([...ids].sort());
  });

  test.each(['en', 'fr', 'ar'])('names everything in the language %s alone, on request', async (language) => {
    const style = await json(`/v1/style?language=${language}`);
    expect(validateStyleMin(style).map(({ message }) => message)).toEqual([]);
    const shown = JSON.stringify(
      style.layers.map(({ layout }: { layout?: Record<string, unknown> }) => layout?.['text-field']),
    );
    expect(shown).toContain(`["get","${language}"]`);
    expect(shown).toContain(`["get","name${language.charAt(0).toUpperCase()}${language.slice(1)}"]`);
    for (const other of ['fr', 'ar'].filter((one) => one !== language))
      expect(shown).not.toMatch(new RegExp(`"(?:${other}|name${other}")`, 'i'));
  });

  test('every layer of every style has a source of the style', async () => {
    for (const base of BASES) {
      const style = await json(`${base}/style`);
      for (const { source, type } of style.layers)
        if (type !== 'background') expect(style.sources).toHaveProperty([source]);
    }
  });

  test('another language is refused', () => service.api.get('/v1/style?language=de').expect(400));
});
