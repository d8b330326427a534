import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { mayDraft, maySee, maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import { CENTRE, COUNTED } from '../support/label.world.ts';
import { type TileLayers, tileOf } from '../support/tiles.ts';
import { mayConsent, mayCount, mayHear, maySeeAgreed, questionsAbout } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow } from './row.ts';

const bbox = [CENTRE.lon - 0.1, CENTRE.lat - 0.1, CENTRE.lon + 0.1, CENTRE.lat + 0.1].join();
const [west, south, east, north] = bbox.split(',').map(Number) as [number, number, number, number];
const AREA = [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const items = (layer: string, query = '') => `/collections/${layer}/items?limit=1000${query}`;
const filter = (condition: string) => `&filter=${encodeURIComponent(condition)}`;

const tileAt = (zoom: number): string => {
  const { z, x, y } = tileOf(zoom, [CENTRE.lon, CENTRE.lat]);
  return `tiles/WebMercatorQuad/${z}/${y}/${x}`;
};
const TILE = tileAt(11);
/** One of which incidents are counted. */
const WIDE = tileAt(5);
const idsIn = (layers: TileLayers, name: string) =>
  (layers[name] ?? []).map(({ properties }) => String(properties.id)).sort();

/** How many parts of equal size, the last one apart, so many features make. */
const partsOf = (features: number, most: number): number =>
  features === 0 ? 1 : Math.ceil(features / Math.ceil(features / most));

/** Layers tell what the lists of their nouns tell, whatever is asked of them. */
export function layerReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, each, item, list } = questionsAbout(things);
  const incidentsOf = ids('incident', maySee);
  const zonesOf = (caller: NamedCaller) =>
    [
      ...ids('zone', maySeeZone)(caller),
      ...ids('proposal', mayConsent)(caller),
      ...ids('draft', mayDraft)(caller),
    ].sort();
  const hits = (path: string, of: (caller: NamedCaller) => string[]) => ({
    path: `${path}&resultType=hits`,
    tells: ({ numberMatched }: { numberMatched: number }) => numberMatched,
    sees: (caller: NamedCaller) => of(caller).length,
  });

  const inTile = (path: string, layer: string, sees: (caller: NamedCaller) => string[]): Reading => ({
    path,
    tells: (layers: TileLayers) => known(idsIn(layers, layer)),
    sees,
  });

  const counted = (path: string): Reading => ({
    path,
    tells: ({ 'incidents-cells': cells = [] }: TileLayers) =>
      cells.reduce((sum, { properties }) => sum + Number(properties.count), 0),
    sees: (caller) => incidentsOf(caller).length,
  });

  return {
    '.collection.vector.getTileSetsList': {
      open: ['/collections/crossings/tiles', '/collections/zones/tiles'],
    },
    // its limits are those of what the caller sees
    '.dataset.vector.getTileSetsList': {
      readings: [
        {
          path: '/tiles',
          tells: ({ tilesets }: { tilesets: { dataType: string }[] }) =>
            tilesets.map(({ dataType }) => dataType),
          sees: () => ['vector'],
        },
      ],
    },
    getTileMatrixSetsList: { open: ['/tileMatrixSets'] },
    getTileMatrixSet: { open: ['/tileMatrixSets/WebMercatorQuad'] },
    getStyle: { open: ['/collections/incidents/style'] },
    getDatasetStyle: { open: ['/style'] },
    '.collection.vector.getTileSet': { open: ['/collections/segments/tiles/WebMercatorQuad'] },
    '.dataset.vector.getTileSet': {
      readings: [
        { path: '/tiles/WebMercatorQuad', tells: ({ layers }) => layers[0].id, sees: () => 'borders' },
      ],
    },
    '.collection.vector.getTile': {
      readings: [
        inTile(`/collections/incidents/${TILE}`, 'incidents', incidentsOf),
        inTile(`/collections/incidents/${TILE}?owner=${things[0]!.owner}`, 'incidents', incidentsOf),
        inTile(`/collections/zones/${TILE}`, 'zones', zonesOf),
        counted(`/collections/incidents/${WIDE}`),
        counted(`/collections/incidents/${WIDE}?kind=distress`),
        counted(`/collections/incidents/${WIDE}?owner=${things[0]!.owner}`),
      ],
    },
    '.dataset.vector.getTile': {
      readings: [
        inTile(`/${TILE}`, 'incidents', incidentsOf),
        inTile(`/${TILE}?collections=zones,borders`, 'zones', zonesOf),
        inTile(`/${TILE}?collections=alerts,borders`, 'alerts', ids('alert', mayHear)),
      ],
    },
    getLandingPage: { open: ['/'] },
    getConformance: { open: ['/conformance'] },
    listFunctions: { open: ['/functions'] },
    listCollections: {
      readings: [
        {
          path: '/collections',
          tells: ({ collections }) => collections.length,
          // alerts, indicators and impact levels are for agencies: nobody else can have any
          sees: ({ country }) => (country ? 9 : 6),
        },
      ],
    },
    getCollection: {
      readings: ['incidents', 'zones', 'agencies'].map((id) => ({
        path: `/collections/${id}`,
        tells: (body) => body.id,
        sees: () => id,
      })),
    },
    listIncidentsPartitions: {
      // they divide what the caller sees, and nothing else
      readings: [
        {
          path: '/collections/incidents/items/partitions?count=4',
          tells: ({ links }) => links.filter(({ rel }: { rel: string }) => rel === 'items').length,
          // and the one from the other side, which all agencies see
          sees: (caller) => partsOf(incidentsOf(caller).length + (caller.country ? 1 : 0), 4),
        },
      ],
    },
    searchItems: {
      readings: [
        {
          ...list('/collections/incidents/search', incidentsOf),
          method: 'post' as const,
          body: () => ({
            limit: 1000,
            intersects: { type: 'Polygon', coordinates: [AREA] },
            filter: { op: '>', args: [{ property: 'horizontalAccuracyMetres' }, -1] },
          }),
        },
        {
          path: '/collections/zones/search',
          method: 'post' as const,
          body: () => ({ limit: 1000, resultType: 'hits' }),
          tells: ({ numberMatched }) => numberMatched >= 0,
          sees: () => true,
        },
      ],
    },
    getDownload: {
      // a file that somebody with another view asked for: test/ogc/conditional-downloads.test.ts
      readings: [
        {
          path: '/collections/incidents/downloads/0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
          tells: ({ state }) => state,
          sees: () => undefined,
        },
      ],
    },
    getQueryables: { open: ['/collections/incidents/queryables', '/collections/zones/queryables'] },
    getSortables: { open: ['/collections/incidents/sortables'] },
    getSchema: { open: ['/collections/incidents/schema'] },
    getFeatureSchema: { open: ['/collections/incidents/schema/feature'] },
    listBorderItems: { open: [items('borders')] },
    getBorderItem: { open: ['/collections/borders/items/DZA-TUN'] },
    listSegmentItems: { open: [items('segments', `&bbox=${bbox}`)] },
    getSegmentItem: { open: ['/collections/segments/items/DZA-TUN-07'] },
    listCrossingItems: { open: [items('crossings')] },
    getCrossingItem: { open: ['/collections/crossings/items/bouchebka'] },
    listAgencyItems: { open: [items('agencies')] },
    getAgencyItem: { open: [`/collections/agencies/items/${things[0]!.agency}`] },

    listAlertItems: {
      readings: [
        list(items('alerts'), ids('alert', mayHear)),
        list(items('alerts', filter(`kind = 'distress'`)), ids('alert', mayHear)),
        hits(items('alerts', '&trigger=created'), ids('alert', mayHear)),
      ],
    },
    getAlertItem: {
      readings: item(
        (id) => `/collections/alerts/items/${id}`,
        'alert',
        mayHear,
        ({ incident }) => ({ tells: ({ properties }) => properties.incident, told: () => incident }),
      ),
    },
    listIndicatorItems: {
      readings: [
        list(items('indicators'), ids('indicator', mayCount)),
        list(items('indicators', filter(`crossing = 'bouchebka'`)), ids('indicator', mayCount)),
        hits(items('indicators', '&datetime=2026-09-01/2026-09-30'), ids('indicator', mayCount)),
      ],
    },
    getIndicatorItem: {
      readings: item(
        (id) => `/collections/indicators/items/${id}`,
        'indicator',
        mayCount,
        () => ({ tells: ({ properties }) => properties.passengers, told: () => COUNTED }),
      ),
    },
    listIncidentItems: {
      readings: [
        list(items('incidents'), incidentsOf),
        list(items('incidents', `&bbox=${bbox}&sortby=-severity,placeText`), incidentsOf),
        list(items('incidents', filter(`owner = '${things[0]!.owner}'`)), incidentsOf),
        list(items('incidents', filter(`S_INTERSECTS(geometry, BBOX(${bbox}))`)), incidentsOf),
        hits(items('incidents', filter(`owner = '${things[0]!.owner}'`)), incidentsOf),
        ...each((thing) =>
          list(items('incidents', filter(`placeText LIKE '${thing.word}%'`)), (caller) =>
            things
              .filter((one) => one.word.startsWith(thing.word) && maySee(caller, one))
              .map(({ incident }) => incident)
              .sort(),
          ),
        ),
        ...each((thing) =>
          list(items('incidents', `&q=${thing.word}`), (caller) =>
            things
              .filter((one) => one.word.startsWith(thing.word) && maySee(caller, one))
              .map(({ incident }) => incident)
              .sort(),
          ),
        ),
        ...each((thing) =>
          list(items('incidents', `&ids=${thing.incident}`), (caller) =>
            maySee(caller, thing) ? [thing.incident] : [],
          ),
        ),
      ],
    },
    getIncidentItem: {
      readings: item(
        (id) => `/collections/incidents/items/${id}`,
        'incident',
        maySee,
        ({ word }) => ({ tells: ({ properties }) => properties.placeText, told: () => word }),
      ),
    },
    listZoneItems: {
      readings: [
        list(items('zones'), zonesOf),
        list(items('zones', `&bbox=${bbox}&kind=exercise`), zonesOf),
        ...COUNTRY_CODES.map((country) => ({
          path: items('zones', filter(`A_CONTAINS(participants, ('${country}'))`)),
          // biome-ignore lint/suspicious/noExplicitAny: the answer of a layer
          tells: ({ features }: any) => known(features.map(({ id }: { id: string }) => id)).length > 0,
          sees: (caller: NamedCaller) =>
            things.some(
              (thing) =>
                (maySeeAgreed(caller, thing) && thing.agreedBy.includes(country)) ||
                (mayConsent(caller, thing) && thing.participants.includes(country)) ||
                (mayDraft(caller, thing) && thing.participants.includes(country)),
            ),
        })),
      ],
    },
    getZoneItem: {
      readings: item(
        (id) => `/collections/zones/items/${id}`,
        'zone',
        maySeeZone,
        (thing) => ({
          tells: ({ properties }) => properties.purpose,
          told: (caller) => (maySeeAgreed(caller, thing) ? thing.word : `${thing.word}-next`),
        }),
      ).concat(
        item(
          (id) => `/collections/zones/items/${id}?revision=latest`,
          'zone',
          maySeeZone,
          (thing) => ({
            tells: ({ properties }) => properties.purpose,
            told: (caller) => (mayConsent(caller, thing) ? `${thing.word}-next` : thing.word),
          }),
        ),
      ),
    },
  };
}
