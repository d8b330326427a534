import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { TestService } from './service.ts';

export interface TileFeature {
  type: 'Point' | 'LineString' | 'Polygon';
  properties: Record<string, string | number | boolean>;
  /** In units of the tile. */
  parts: [x: number, y: number][][];
}
export type TileLayers = Record<string, TileFeature[]>;

const TYPES = { 1: 'Point', 2: 'LineString', 3: 'Polygon' } as const;

/** The layers of a tile with their features. */
export function decodeTile(bytes: Uint8Array): TileLayers {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.fromEntries(
    Object.entries(layers).map(([name, layer]) => {
      if (layer.version !== 2 || layer.extent !== 4096)
        throw new Error(`The layer ${name} is not as it should be.`);
      const features = Array.from({ length: layer.length }, (_, i) => layer.feature(i));
      return [
        name,
        features.map((feature) => ({
          type: TYPES[feature.type as 1 | 2 | 3],
          properties: feature.properties as TileFeature['properties'],
          parts: feature.loadGeometry().map((part) => part.map(({ x, y }): [number, number] => [x, y])),
        })),
      ];
    }),
  );
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** The tile in which a place lies, as WebMercatorQuad has it. */
export function tileOf(z: number, [lon, lat]: readonly [number, number]): TileAddress {
  const radians = (lat * Math.PI) / 180;
  const across = 2 ** z;
  return {
    z,
    x: Math.floor(((lon + 180) / 360) * across),
    y: Math.floor(((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * across),
  };
}

/** Where a place lies within a tile, in units. */
export function unitsOf({ z, x, y }: TileAddress, [lon, lat]: readonly [number, number]): [number, number] {
  const radians = (lat * Math.PI) / 180;
  const across = 2 ** z;
  return [
    (((lon + 180) / 360) * across - x) * 4096,
    (((1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2) * across - y) * 4096,
  ];
}

export const pathOfTile = (layer: string | undefined, { z, x, y }: TileAddress, query = ''): string =>
  `/v1${layer ? `/collections/${layer}` : ''}/tiles/WebMercatorQuad/${z}/${y}/${x}${query}`;

/** A tile as a client reads it; no layers where nothing lies. */
export async function readTile(
  api: TestService['api'],
  path: string,
  headers: Record<string, string> = {},
): Promise<TileLayers> {
  const answer = await api.get(path).set(headers).responseType('blob');
  if (answer.status === 204) return {};
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${answer.body}`);
  return decodeTile(answer.body as Buffer);
}
