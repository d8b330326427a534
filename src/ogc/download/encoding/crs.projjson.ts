/** The geographic CRS under the projected ones. */
const WGS84 = {
  type: 'GeographicCRS',
  name: 'WGS 84',
  datum_ensemble: {
    name: 'World Geodetic System 1984 ensemble',
    members: [
      { name: 'World Geodetic System 1984 (Transit)', id: { authority: 'EPSG', code: 1166 } },
      { name: 'World Geodetic System 1984 (G730)', id: { authority: 'EPSG', code: 1152 } },
      { name: 'World Geodetic System 1984 (G873)', id: { authority: 'EPSG', code: 1153 } },
      { name: 'World Geodetic System 1984 (G1150)', id: { authority: 'EPSG', code: 1154 } },
      { name: 'World Geodetic System 1984 (G1674)', id: { authority: 'EPSG', code: 1155 } },
      { name: 'World Geodetic System 1984 (G1762)', id: { authority: 'EPSG', code: 1156 } },
      { name: 'World Geodetic System 1984 (G2139)', id: { authority: 'EPSG', code: 1309 } },
      { name: 'World Geodetic System 1984 (G2296)', id: { authority: 'EPSG', code: 1383 } },
    ],
    ellipsoid: { name: 'WGS 84', semi_major_axis: 6378137, inverse_flattening: 298.257223563 },
    accuracy: '2.0',
    id: { authority: 'EPSG', code: 6326 },
  },
  coordinate_system: {
    subtype: 'ellipsoidal',
    axis: [
      { name: 'Geodetic latitude', abbreviation: 'Lat', direction: 'north', unit: 'degree' },
      { name: 'Geodetic longitude', abbreviation: 'Lon', direction: 'east', unit: 'degree' },
    ],
  },
  id: { authority: 'EPSG', code: 4326 },
};

const epsg = (code: number) => ({ authority: 'EPSG', code });

const parameter = (name: string, code: number, unit: 'degree' | 'metre' | 'unity', value: number) => ({
  name,
  value,
  unit,
  id: epsg(code),
});

interface ProjectedCrs {
  code: number;
  name: string;
  /** Name of the conversion, and its method with the EPSG code. */
  conversion: string;
  method: [name: string, code: number];
  meridian: number;
  /** At the natural origin, if the method has one. */
  scale?: number;
  falseEasting: number;
  /** Abbreviations of easting and northing. */
  axes: [string, string];
}

const projected = ({
  code,
  name,
  conversion,
  method,
  meridian,
  scale,
  falseEasting,
  axes,
}: ProjectedCrs) => ({
  $schema: 'https://proj.org/schemas/v0.7/projjson.schema.json',
  type: 'ProjectedCRS',
  name,
  base_crs: WGS84,
  conversion: {
    name: conversion,
    method: { name: method[0], id: epsg(method[1]) },
    parameters: [
      parameter('Latitude of natural origin', 8801, 'degree', 0),
      parameter('Longitude of natural origin', 8802, 'degree', meridian),
      ...(scale === undefined ? [] : [parameter('Scale factor at natural origin', 8805, 'unity', scale)]),
      parameter('False easting', 8806, 'metre', falseEasting),
      parameter('False northing', 8807, 'metre', 0),
    ],
  },
  coordinate_system: {
    subtype: 'Cartesian',
    axis: [
      { name: 'Easting', abbreviation: axes[0], direction: 'east', unit: 'metre' },
      { name: 'Northing', abbreviation: axes[1], direction: 'north', unit: 'metre' },
    ],
  },
  id: epsg(code),
});

/** PROJJSON 0.7 of the projected CRS (in metres), by EPSG code. */
export const PROJJSON: Record<number, object> = {
  3857: projected({
    code: 3857,
    name: 'WGS 84 / Pseudo-Mercator',
    conversion: 'Popular Visualisation Pseudo-Mercator',
    method: ['Popular Visualisation Pseudo Mercator', 1024],
    meridian: 0,
    falseEasting: 0,
    axes: ['X', 'Y'],
  }),
  32632: projected({
    code: 32632,
    name: 'WGS 84 / UTM zone 32N',
    conversion: 'UTM zone 32N',
    method: ['Transverse Mercator', 9807],
    meridian: 9,
    scale: 0.9996,
    falseEasting: 500_000,
    axes: ['E', 'N'],
  }),
};
