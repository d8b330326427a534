import type { Request } from 'express';
import { z } from 'zod';
import { publishedIn } from '../../core/world.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { urlOf } from '../collection/links.ts';
import type { Publication } from '../collection/publication.ts';
import { GRID } from './tile.grid.ts';
import { tileLayersOf } from './tile.layers.ts';
import { type Bbox, pathOfTiles, type Tileset } from './tileset.document.ts';

export const TileJson = z
  .looseObject({
    tilejson: z.literal('3.0.0').meta({ description: 'Version of TileJSON.' }),
    tiles: z.array(z.string()).meta({ description: 'Address of the tiles, with {z}, {x} and {y}.' }),
    vector_layers: z
      .array(z.looseObject({ id: z.string().meta({ description: 'Name of the layer in the tile.' }) }))
      .meta({ description: 'Layers of the tiles.' }),
  })
  .meta({ id: 'TileJson', description: 'TileJSON 3.0.0.' });

export const tileJsonOf = (
  request: Request,
  tileset: Tileset,
  { attribution }: Publication,
  bbox: Bbox | null,
) => {
  const { title, description } = publishedIn(exerciseOf(request), tileset);
  return {
    tilejson: '3.0.0',
    name: title,
    description,
    attribution,
    scheme: 'xyz',
    tiles: [`${urlOf(request, pathOfTiles(tileset))}/{z}/{y}/{x}`],
    minzoom: 0,
    maxzoom: GRID.maxZoom,
    ...(bbox && { bounds: bbox }),
    vector_layers: tileset.collections
      .flatMap(tileLayersOf)
      .map(({ id, description, minZoom, maxZoom, properties }) => ({
        id,
        description,
        minzoom: minZoom,
        maxzoom: maxZoom,
        fields: Object.fromEntries(properties.map(({ name, type }) => [name, type])),
      })),
  };
};
