import type { Request } from 'express';
import { z } from 'zod';
import { CRS84 } from '../../geometry/crs.ts';
import { type Link, Links } from '../../geometry/feature.schema.ts';
import type { Collection, GeometryType } from '../collection/collection.sql.ts';
import { MEDIA, REL, urlOf } from '../collection/links.ts';
import { GRID, tileAt } from './tile.grid.ts';
import { type TileLayer, tileLayersOf } from './tile.layers.ts';
import { WEB_MERCATOR_QUAD } from './tile.matrix.set.ts';

export type Bbox = [west: number, south: number, east: number, north: number];

/** The content of tiles: one layer, or all. */
export interface Tileset {
  /** Path under /v1, without the tile matrix set. */
  path: string;
  title: string;
  description: string;
  collections: readonly Collection[];
}

export const TilesetDocument = z
  .looseObject({
    title: z.string().meta({ description: 'Name of the tileset.' }),
    crs: z.string().meta({ description: 'Reference system of the tiles.' }),
    links: Links,
    layers: z
      .array(
        z.looseObject({
          id: z.string().meta({ description: 'Name of the layer in the tile.' }),
          geometryDimension: z.int().meta({ description: '0: points, 1: lines, 2: areas.' }),
        }),
      )
      .meta({ description: 'Layers of the tiles.' }),
  })
  .meta({ id: 'Tileset', description: 'Tileset metadata and links, as in OGC 17-083r4.' });

export const TilesetList = z
  .strictObject({
    tilesets: z
      .array(
        z.looseObject({
          title: z.string().meta({ description: 'Name of the tileset.' }),
          tileMatrixSetId: z.string().meta({ description: 'The tile matrix set, as in paths.' }),
          links: Links,
        }),
      )
      .meta({ description: 'The tilesets.' }),
    links: Links,
  })
  .meta({ id: 'Tilesets', description: 'Links to tilesets.' });

const DIMENSIONS: Record<GeometryType, number> = { Point: 0, LineString: 1, MultiPolygon: 2 };
const CRS = {
  crs: WEB_MERCATOR_QUAD.crs,
  tileMatrixSetId: WEB_MERCATOR_QUAD.id,
  tileMatrixSetURI: WEB_MERCATOR_QUAD.uri,
};

export const pathOfTiles = ({ path }: Tileset): string => `${path}/tiles/${WEB_MERCATOR_QUAD.id}`;

/** A tileset as a list entry. */
export const listedTileset = (request: Request, tileset: Tileset, bbox: Bbox | null) => ({
  title: tileset.title,
  dataType: 'vector',
  ...CRS,
  links: [
    { href: urlOf(request, pathOfTiles(tileset)), rel: 'self', type: MEDIA.json, title: tileset.title },
    itemLink(request, tileset),
    tilingScheme(request),
  ],
  tileMatrixSetLimits: limitsOf(bbox),
});

export const describeTileset = (request: Request, tileset: Tileset, bbox: Bbox | null) => ({
  title: tileset.title,
  description: tileset.description,
  dataType: 'vector',
  ...CRS,
  links: linksOf(request, tileset),
  ...(bbox && {
    boundingBox: { lowerLeft: bbox.slice(0, 2), upperRight: bbox.slice(2), crs: CRS84.uri },
  }),
  tileMatrixSetLimits: limitsOf(bbox),
  layers: tileset.collections.flatMap(tileLayersOf).map(describeLayer),
});

const describeLayer = ({ id, title, description, type, minZoom, maxZoom, properties }: TileLayer) => ({
  id,
  title,
  description,
  dataType: 'vector',
  geometryDimension: DIMENSIONS[type],
  minTileMatrix: String(minZoom),
  maxTileMatrix: String(maxZoom),
  propertiesSchema: {
    type: 'object',
    properties: Object.fromEntries(
      properties.map(({ name, title, type }) => [name, { title, type: type.toLowerCase() }]),
    ),
  },
});

/** Of each zoom. */
const limitsOf = (bbox: Bbox | null) => Array.from({ length: GRID.maxZoom + 1 }, (_, z) => limitsAt(z, bbox));

function limitsAt(z: number, bbox: Bbox | null) {
  const [west, south, east, north] = bbox ?? [-180, -90, 180, 90];
  const first = tileAt(z, west, north);
  const last = tileAt(z, east, south);
  return {
    tileMatrix: String(z),
    minTileRow: first.y,
    maxTileRow: last.y,
    minTileCol: first.x,
    maxTileCol: last.x,
  };
}

function linksOf(request: Request, tileset: Tileset): Link[] {
  const { path, title } = tileset;
  const url = urlOf(request, pathOfTiles(tileset));
  const [rel, whole] = path === '' ? [REL.dataset, '/'] : [REL.geodata, path];
  return [
    { href: url, rel: 'self', type: MEDIA.json, title: 'This document' },
    { href: `${url}?f=tilejson`, rel: 'alternate', type: MEDIA.tilejson, title: 'The same as TileJSON' },
    itemLink(request, tileset),
    tilingScheme(request),
    { href: urlOf(request, whole), rel, type: MEDIA.json, title },
    {
      href: urlOf(request, `${path}/style`),
      rel: 'stylesheet',
      type: MEDIA.style,
      title: 'A style for MapLibre',
    },
  ];
}

const itemLink = (request: Request, tileset: Tileset): Link => ({
  href: `${urlOf(request, pathOfTiles(tileset))}/{tileMatrix}/{tileRow}/{tileCol}`,
  rel: 'item',
  type: MEDIA.tile,
  title: 'The tiles',
  templated: true,
});

const tilingScheme = (request: Request): Link => ({
  href: urlOf(request, `/tileMatrixSets/${WEB_MERCATOR_QUAD.id}`),
  rel: REL.tilingScheme,
  type: MEDIA.json,
  title: 'How the tiles are cut',
});
