import type { Request } from 'express';
import { urlOf } from '../collection/links.ts';
import type { Publication } from '../collection/publication.ts';
import { type TileLayer, tileLayersOf } from './tile.layers.ts';
import { pathOfTiles, type Tileset } from './tileset.document.ts';

const SOURCE = 'tripoint';
const COLOURS = ['#7b2d26', '#c8553d', '#1f4e5f', '#2a7f62', '#8a4fff', '#b3541e'];

const BY_ZOOM = ['interpolate', ['linear'], ['zoom'], 6, 3, 14, 7];
const BY_COUNT = ['interpolate', ['linear'], ['log10', ['get', 'count']], 0, 3, 5, 24];

/** A style for MapLibre that shows every layer, without outside fonts or images. */
export function styleOf(request: Request, tileset: Tileset, { attribution }: Publication) {
  const layers = tileset.collections.flatMap(tileLayersOf);
  return {
    version: 8,
    name: tileset.title,
    sources: {
      [SOURCE]: {
        type: 'vector',
        url: `${urlOf(request, pathOfTiles(tileset))}?f=tilejson`,
        attribution,
        // ids are texts, which tile features cannot have
        promoteId: Object.fromEntries(layers.map(({ id }) => [id, 'id'])),
      },
    },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': '#f4f1ea' } },
      // areas below lines below points
      ...(['MultiPolygon', 'LineString', 'Point'] as const).flatMap((type) =>
        layers
          .filter((layer) => layer.type === type)
          .flatMap((layer) => drawn(layer, colourOf(layers, layer))),
      ),
    ],
  };
}

const colourOf = (layers: readonly TileLayer[], layer: TileLayer): string =>
  COLOURS[layers.indexOf(layer) % COLOURS.length]!;

function drawn({ id, type, isCounted }: TileLayer, colour: string): object[] {
  const of = (kind: string, suffix: string, paint: object) => ({
    id: id + suffix,
    type: kind,
    source: SOURCE,
    'source-layer': id,
    paint,
  });
  switch (type) {
    case 'MultiPolygon':
      return [
        of('fill', '', { 'fill-color': colour, 'fill-opacity': 0.2 }),
        of('line', '-edge', { 'line-color': colour, 'line-width': 1.5 }),
      ];
    case 'LineString':
      return [of('line', '', { 'line-color': colour, 'line-width': 2 })];
    case 'Point':
      return [
        of('circle', '', {
          'circle-color': colour,
          'circle-opacity': isCounted ? 0.6 : 1,
          'circle-radius': isCounted ? BY_COUNT : BY_ZOOM,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 1,
        }),
      ];
  }
}
