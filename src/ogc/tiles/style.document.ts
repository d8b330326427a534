import type { Request } from 'express';
import { titleIn } from '../../core/world.ts';
import { assetUrl } from '../../http/assets.ts';
import { exerciseOf } from '../../http/exercise.answer.ts';
import { urlOf } from '../collection/links.ts';
import type { Publication } from '../collection/publication.ts';
import { backdropSources, GROUND, type NameLanguage, namesOfPlaces } from './backdrop.style.ts';
import { drawn } from './layer.style.ts';
import { tileLayersOf } from './tile.layers.ts';
import { pathOfTiles, type Tileset } from './tileset.document.ts';

const SOURCE = 'tripoint';

/** The style of pages and of `/v1/style` alike: the ground, the layers of a tileset and names, from this host alone. */
export function styleOf(
  request: Request,
  tileset: Tileset,
  { attribution }: Publication,
  language: NameLanguage | undefined,
) {
  const layers = tileset.collections.flatMap(tileLayersOf);
  const { origin } = new URL(urlOf(request, '/'));
  const ofType = (type: string) =>
    layers
      .filter((layer) => layer.type === type)
      .flatMap((layer) => drawn(layer, layers.indexOf(layer), language))
      .map((layer) => ({ ...layer, source: SOURCE }));
  return {
    version: 8,
    name: titleIn(exerciseOf(request), tileset.title),
    sprite: origin + assetUrl('symbols'),
    sources: {
      ...backdropSources(origin),
      [SOURCE]: {
        type: 'vector',
        url: `${urlOf(request, pathOfTiles(tileset))}?f=tilejson`,
        attribution,
        // ids are texts, which tile features cannot have
        promoteId: Object.fromEntries(layers.map(({ id }) => [id, 'id'])),
      },
    },
    // areas below lines below names below points
    layers: [
      ...GROUND,
      ...ofType('MultiPolygon'),
      ...ofType('LineString'),
      ...namesOfPlaces(language),
      ...ofType('Point'),
    ],
  };
}
