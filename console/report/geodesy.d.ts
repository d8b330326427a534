/** The parts of geodesy that are used; the package has no types of its own. */
interface GeodesyPoint {
  lat: number;
  lon: number;
}
declare module 'geodesy/utm.js' {
  export default class Utm {
    constructor(zone: number, hemisphere: 'N' | 'S', easting: number, northing: number);
    toLatLon(): GeodesyPoint;
  }
}
declare module 'geodesy/mgrs.js' {
  import type Utm from 'geodesy/utm.js';
  export default class Mgrs {
    constructor(zone: number, band: string, column: string, row: string, easting: number, northing: number);
    static parse(text: string): Mgrs;
    toUtm(): Utm;
    toString(digits: number): string;
  }
  export class LatLon implements GeodesyPoint {
    constructor(lat: number, lon: number);
    lat: number;
    lon: number;
    toUtm(): Utm & { toMgrs(): Mgrs };
  }
}
