/** A supported coordinate reference system. */
export interface Crs {
  uri: string;
  srid: number;
  /** The authority's axis order has latitude first. */
  isLatitudeFirst: boolean;
  /** Decimals of a coordinate: a tenth of a metre in degrees, a millimetre in metres. */
  decimals: number;
}

const EPSG = 'http://www.opengis.net/def/crs/EPSG/0';
const metric = (srid: number): Crs => ({
  uri: `${EPSG}/${srid}`,
  srid,
  isLatitudeFirst: false,
  decimals: 3,
});

export const CRS84: Crs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  srid: 4326,
  isLatitudeFirst: false,
  decimals: 6,
};
export const WGS84: Crs = { ...CRS84, uri: `${EPSG}/4326`, isLatitudeFirst: true };
export const WEB_MERCATOR = metric(3857);
/** All three borders are in zone 32. */
export const UTM32 = metric(32632);

export const ALL_CRS: readonly Crs[] = [CRS84, WGS84, WEB_MERCATOR, UTM32];
/** Of layers with more than a few features, without UTM: docs/decisions/0013-layers.md. */
export const LISTED_CRS: readonly Crs[] = [CRS84, WGS84, WEB_MERCATOR];

const OTHER_NAMES: readonly [RegExp, (name: string) => string][] = [
  [/^\[?EPSG:(\d+)\]?$|^urn:ogc:def:crs:EPSG:[\d.]*:(\d+)$/i, (code) => `${EPSG}/${code}`],
  [/^\[?(?:OGC:)?(CRS84)\]?$|^urn:ogc:def:crs:OGC:[\d.]*:(CRS84)$/i, () => CRS84.uri],
  [/^https:\/\/www\.(opengis\.net\/def\/crs\/.+)$/, (rest) => `http://www.${rest}`],
];

/** The URI of a system under another of its names: `EPSG:4326` has latitude first, as its URI has. Others are kept. */
export function crsUri(name: string): string {
  for (const [pattern, uriOf] of OTHER_NAMES) {
    const [, one, other] = pattern.exec(name) ?? [];
    if (one ?? other) return uriOf((one ?? other)!);
  }
  return name;
}

export const crsOf = (uri: string): Crs => ALL_CRS.find((crs) => crs.uri === uri)!;
