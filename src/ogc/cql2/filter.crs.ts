/** The reference system of the geometries in a filter. */
export interface FilterCrs {
  srid: number;
  /** Axis order; x is longitude or easting. */
  axes: 'xy' | 'yx';
  /** `[minX, minY, maxX, maxY]`, the area that can be transformed to longitude and latitude. */
  bounds: readonly [number, number, number, number];
  isGeographic: boolean;
}

const GLOBE = [-180, -90, 180, 90] as const;
const MERCATOR = 20_037_508.342789244; // metres from the origin to the antimeridian

export const CRS84: FilterCrs = { srid: 4326, axes: 'xy', bounds: GLOBE, isGeographic: true };
export const EPSG_4326: FilterCrs = { srid: 4326, axes: 'yx', bounds: GLOBE, isGeographic: true };
export const EPSG_3857: FilterCrs = {
  srid: 3857,
  axes: 'xy',
  bounds: [-MERCATOR, -MERCATOR, MERCATOR, MERCATOR],
  isGeographic: false,
};
/** UTM zone 32 north, as far beyond its zone as positions still transform back. */
export const EPSG_32632: FilterCrs = {
  srid: 32632,
  axes: 'xy',
  bounds: [-2_500_000, -10_000_000, 3_500_000, 10_000_000],
  isGeographic: false,
};
