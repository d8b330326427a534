import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expression } from '@maplibre/maplibre-gl-style-spec';
import { booleanPointInPolygon } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import { ZONE_KINDS } from '../../src/features/zones/zone.schema.ts';
import { findAsset } from '../../src/http/assets.ts';
import { INCIDENT_SYMBOLS, symbolName } from '../../src/ogc/symbols/incident.symbol.ts';
import { crossingName, hatchName, SPRITE_IMAGES } from '../../src/ogc/symbols/sprite.images.ts';
import { CROSSING_IMAGE, INCIDENT_IMAGE } from '../../src/ogc/tiles/layer.style.ts';
import { LAYERS } from '../support/ogc.ts';
import { readPage } from '../support/pages.ts';
import { startService, type TestService } from '../support/service.ts';

interface Style {
  sprite: string;
  sources: Record<string, { attribution?: string; data?: string; url?: string }>;
  layers: { type: string; paint?: Record<string, unknown> }[];
}

const asset = (name: string) => JSON.parse(findAsset(name)!.bytes.toString());
const data = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'));

const covers = ({ features }: FeatureCollection<MultiPolygon>, place: number[]): boolean =>
  features.some((feature) => booleanPointInPolygon(place, feature));

describe('the land of maps', () => {
  const land: FeatureCollection<MultiPolygon> = asset('land.geojson');

  test.each([
    ['the Gulf of Sidra', [18.5, 31.6]],
    ['the Gulf of Sidra, further in', [19.2, 30.9]],
    ['the territorial sea off Tripoli', [13.2, 33.0]],
    ['the territorial sea off Zarzis', [11.3, 33.6]],
    ['the Gulf of Gabès', [10.5, 34.0]],
    ['the territorial sea off Algiers', [3.1, 36.9]],
  ])('does not cover %s', (_where, place) => {
    expect(covers(land, place)).toBe(false);
  });

  test('covers what the polygons of the countries cover, without the sea', () => {
    expect(covers(data('countries.geojson'), [18.5, 31.6])).toBe(true);
    for (const place of [
      [3, 28],
      [9.5, 33],
      [17, 27],
      [9.56, 30.0],
    ])
      expect(covers(land, place)).toBe(true);
  });

  test('holds every town, or it lies at the coast', () => {
    const outside = data('towns.json').filter(
      ({ lon, lat }: { lon: number; lat: number }) => !covers(land, [lon, lat]),
    );
    expect(outside.length).toBeLessThanOrEqual(4);
  });

  test('has lakes of their own where it has holes', () => {
    const lakes: Feature<MultiPolygon> = asset('lakes.geojson');
    expect(booleanPointInPolygon([8.45, 33.75], lakes)).toBe(true); // Chott el Djerid
    expect(booleanPointInPolygon([18.5, 31.6], lakes)).toBe(false);
  });
});

describe('the pictures of maps', () => {
  test.each(['symbols', 'symbols@2x'])('%s has each of them: npm run symbols', (name) => {
    expect(Object.keys(asset(`${name}.json`)).sort()).toEqual(SPRITE_IMAGES.map((one) => one.name).sort());
    expect(findAsset(`${name}.png`)!.bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  const imageOf = (rule: unknown[], properties: object): unknown => {
    const { value } = expression.createExpression(rule, 'layers[0].layout.icon-image') as unknown as {
      value: { evaluate(globals: object, feature: object): unknown };
    };
    return value.evaluate({ zoom: 8 }, { type: 1, properties });
  };

  test('the style names the picture of each incident', () => {
    const drawn = asset('symbols.json');
    for (const symbol of INCIDENT_SYMBOLS) {
      const { kind, severity, isClosed, isExercise } = symbol;
      const properties = {
        kind,
        severity,
        state: isClosed ? 'closed' : 'ongoing',
        nature: isExercise ? 'exercise' : 'actual',
      };
      const name = imageOf(INCIDENT_IMAGE, properties);
      expect(name).toBe(symbolName(symbol));
      expect(drawn).toHaveProperty([String(name)]);
    }
  });

  test.each([
    ['DZA-TUN', { stateDza: 'open', stateTun: 'closed', state: 'closed' }, ['open', 'closed']],
    ['LBY-TUN, Tunisia in the west', { stateLby: 'open', stateTun: 'closed' }, ['closed', 'open']],
    ['DZA-LBY', { stateDza: 'restricted', stateLby: 'unknown' }, ['restricted', 'unknown']],
    ['a tile with the state alone', { state: 'closed' }, ['closed', 'closed']],
    ['a tile without states', {}, ['unknown', 'unknown']],
  ])('a crossing of %s shows the state of each side', (_border, properties, [west, east]) => {
    const name = imageOf(CROSSING_IMAGE, properties);
    expect(name).toBe(crossingName(west!, east!));
    expect(asset('symbols.json')).toHaveProperty([String(name)]);
  });
});

describe('the style', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ withDemo: true });
  });
  afterAll(() => service?.stop());

  const LAYERS_ON_MAPS = LAYERS.filter((id) => id !== 'agencies' && id !== 'indicators');
  const ADDRESSES = ['/v1/style', ...LAYERS_ON_MAPS.map((id) => `/v1/collections/${id}/style`)];

  test.each(ADDRESSES)(
    '%s draws the ground of this host, and never the country polygons as land',
    async (path) => {
      const style: Style = (await service.api.get(path).expect(200)).body;
      const { origin } = new URL(style.sources.tripoint!.url!);
      const addresses: string[] = [
        style.sprite,
        ...Object.values(style.sources).map((one) => one.data ?? one.url!),
      ];
      for (const address of addresses) {
        expect(address.startsWith(`${origin}/`)).toBe(true);
        expect(address).not.toContain('countries');
      }
      for (const one of Object.values(style.sources)) expect(one.attribution).toBeTruthy();
      expect(style.layers[0]).toMatchObject({ type: 'background' });
    },
  );

  test('names only pictures that the sprite has', async () => {
    const style: Style = (await service.api.get('/v1/style').expect(200)).body;
    const drawn = asset('symbols.json');
    const patterns = style.layers.map(({ paint }) => paint?.['fill-pattern']);
    for (const pattern of patterns.filter((one) => typeof one === 'string'))
      expect(drawn).toHaveProperty([pattern]);
    for (const kind of ZONE_KINDS) expect(drawn).toHaveProperty([hatchName(kind)]);
  });

  test('pages draw the document that other clients read, and explain it', async () => {
    const { text } = await readPage(service.api, '/v1/collections/incidents');
    expect(text).toContain('data-style="/v1/collections/incidents/style"');
    for (const words of ['irregular border crossing', 'extreme', 'closed or cancelled', 'exercise or test'])
      expect(text).toContain(words);
    expect((await readPage(service.api, '/v1/')).text).toContain('data-style="/v1/style"');
  });
});
