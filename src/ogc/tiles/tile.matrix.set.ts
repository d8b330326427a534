import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { HALF_METRES } from './tile.grid.ts';

const TMS = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
export const WEB_MERCATOR_QUAD = {
  id: 'WebMercatorQuad',
  title: 'Google Maps Compatible for the World',
  uri: TMS,
  crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
};

const LEVELS = 25;
const TILE_SIZE = 256;
const METRES_PER_PIXEL = 0.000_28; // of the standardised rendering pixel, OGC 17-083r4 §6.1

export const TileMatrixSetDocument = z
  .looseObject({
    id: z.string().meta({ description: 'Identifier of the tile matrix set.' }),
    tileMatrices: z
      .array(z.looseObject({ id: z.string().meta({ description: 'The zoom.' }) }))
      .meta({ description: 'One matrix a zoom.' }),
  })
  .meta({ id: 'TileMatrixSet', description: 'The tile matrix set, as in OGC 17-083r4.' });

export const TileMatrixSets = z
  .strictObject({
    tileMatrixSets: z
      .array(
        z.looseObject({
          id: z.string().meta({ description: 'Identifier of the tile matrix set.' }),
          links: Links,
        }),
      )
      .meta({ description: 'The tile matrix sets.' }),
  })
  .meta({ id: 'TileMatrixSets', description: 'All tile matrix sets.' });

/** OGC 17-083r4, Annex D.1. */
export const webMercatorQuad = () => ({
  ...WEB_MERCATOR_QUAD,
  orderedAxes: ['X', 'Y'],
  wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
  tileMatrices: Array.from({ length: LEVELS }, (_, z) => matrixOf(z)),
});

function matrixOf(z: number) {
  const across = 2 ** z;
  const cellSize = (2 * HALF_METRES) / TILE_SIZE / across;
  return {
    id: String(z),
    scaleDenominator: cellSize / METRES_PER_PIXEL,
    cellSize,
    cornerOfOrigin: 'topLeft',
    pointOfOrigin: [-HALF_METRES, HALF_METRES],
    tileWidth: TILE_SIZE,
    tileHeight: TILE_SIZE,
    matrixWidth: across,
    matrixHeight: across,
  };
}
