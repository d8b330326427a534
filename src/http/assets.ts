import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { lakesIn, namesOfPlaces } from './map.ground.ts';

// Relative to src/http in the sources, to dist/src/http in the build.
const besideSources = new URL('../../', import.meta.url);
const ROOT = existsSync(new URL('assets/', besideSources))
  ? besideSources
  : new URL('../../../', import.meta.url);
const { resolve } = createRequire(import.meta.url);
export const inRoot = (path: string) => fileURLToPath(new URL(path, ROOT));

/** All assets of pages; the MapLibre scripts find each other by name. */
const FILES: Record<string, string> = {
  'pages.css': inRoot('assets/pages.css'),
  'exercise.css': inRoot('assets/exercise.css'),
  'map.js': inRoot('assets/map.js'),
  'shapes.js': inRoot('assets/shapes.js'),
  'tiles.js': inRoot('assets/tiles.js'),
  'filter.js': inRoot('assets/filter.js'),
  'docs.css': inRoot('assets/docs.css'),
  'docs.js': inRoot('assets/docs.js'),
  'icon.svg': inRoot('assets/icon.svg'),
  'symbols.json': inRoot('assets/symbols.json'),
  'symbols.png': inRoot('assets/symbols.png'),
  'symbols@2x.json': inRoot('assets/symbols@2x.json'),
  'symbols@2x.png': inRoot('assets/symbols@2x.png'),
  'land.geojson': inRoot('data/land.geojson'),
  'neighbours.geojson': inRoot('data/neighbours.geojson'),
  'borders.geojson': inRoot('data/borders.geojson'),
  'maplibre-gl.mjs': resolve('maplibre-gl/dist/maplibre-gl.mjs'),
  'maplibre-gl-worker.mjs': resolve('maplibre-gl/dist/maplibre-gl-worker.mjs'),
  'maplibre-gl.css': resolve('maplibre-gl/dist/maplibre-gl.css'),
};

export interface Asset {
  bytes: Buffer;
  zipped(): Promise<Buffer>;
}

const shorten = promisify(gzip);
let loaded: { version: string; assets: Map<string, Asset> } | undefined;

const readJson = (name: string) => JSON.parse(readFileSync(inRoot(`data/${name}`), 'utf8'));

function load() {
  const files = [
    ...Object.entries(FILES).map(([name, path]) => [name, readFileSync(path)] as const),
    ['names.geojson', namesOfPlaces(readJson('towns.json'), readJson('areas.json'))] as const,
    ['lakes.geojson', lakesIn(readJson('land.geojson'))] as const,
  ];
  const version = hash('sha256', Buffer.concat(files.map(([, bytes]) => bytes)), 'base64url').slice(0, 12);
  return { version, assets: new Map(files.map(([name, bytes]) => [name, assetOf(bytes)])) };
}

export function assetOf(bytes: Buffer): Asset {
  let zipped: Promise<Buffer> | undefined;
  return {
    bytes,
    zipped() {
      zipped ??= shorten(bytes);
      return zipped;
    },
  };
}

/** Read once per process: a changed asset has another version, and so another address. */
const all = () => {
  loaded ??= load();
  return loaded;
};

export const assetsVersion = (): string => all().version;
export const findAsset = (name: string): Asset | undefined => all().assets.get(name);
export const assetUrl = (name: string): string => `/assets/${all().version}/${name}`;

export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Sends a file, compressed where the client can read that. */
export async function sendAsset(
  req: Request,
  res: Response,
  { name, asset }: { name: string; asset: Asset },
): Promise<void> {
  res.vary('Accept-Encoding').type(name);
  const isZipped = req.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (isZipped) res.setHeader('Content-Encoding', 'gzip');
  res.send(isZipped ? await asset.zipped() : asset.bytes);
}
