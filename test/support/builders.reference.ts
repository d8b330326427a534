import { readFileSync } from 'node:fs';
import type { FeatureCollection, Geometry, LineString, MultiPolygon, Point, Polygon } from 'geojson';

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8'));

const features = <G extends Geometry>(file: string) =>
  (read(file) as FeatureCollection<G>).features.map(({ geometry, properties }) => ({
    id: (properties!.id ?? properties!.code) as string,
    geometry,
    properties: properties!,
  }));

interface ReferenceAgency {
  id: string;
  country: string;
  names: { en: string; fr: string; ar: string };
  type: string;
  verified: boolean;
}

export interface ReferenceMandate {
  id: string;
  agency: string;
  function: string;
  rank: 'primary' | 'supporting' | 'disputed';
  scope: { type: string; country: string; border?: string; zone?: string; crossing?: string };
  validFrom: string | null;
  validTo: string | null;
}

/** The files of data/ as they are: what a test expects comes from here, never from an answer. */
export const reference = {
  borders: features<LineString>('borders.geojson'),
  segments: features<LineString>('segments.geojson'),
  crossings: features<Point>('crossings.geojson'),
  zones: features<Polygon | MultiPolygon>('zones.geojson'),
  agencies: read('agencies.json') as ReferenceAgency[],
  mandates: read('mandates.json') as ReferenceMandate[],
};

export const crossingOf = (id: string) => reference.crossings.find((crossing) => crossing.id === id)!;

export const countryOfAgency = (id: string): string =>
  reference.agencies.find((agency) => agency.id === id)!.country;

/** `[lon, lat]` of a crossing, for a query. */
export function positionOf(id: string): { lon: number; lat: number } {
  const [lon, lat] = crossingOf(id).geometry.coordinates;
  return { lon: lon!, lat: lat! };
}

export interface MandatePlace {
  countries: readonly string[];
  border?: string;
  crossing?: string;
  zone?: string;
}

/** Mandates that hold at a place on a day, read from the file by hand: both ends of its periods belong to them. */
export function mandatesAt({ countries, border, crossing, zone }: MandatePlace, day: string): string[] {
  const isThere = ({ agency, scope }: ReferenceMandate): boolean => {
    if (!countries.includes(countryOfAgency(agency))) return false;
    if (scope.type === 'country-border') return countries.includes(scope.country);
    if (scope.type === 'border') return scope.border === border;
    return scope.type === 'zone' ? scope.zone === zone : scope.crossing === crossing;
  };
  return reference.mandates
    .filter((mandate) => isThere(mandate))
    .filter(({ validFrom, validTo }) => (validFrom ?? '') <= day && day <= (validTo ?? '9999'))
    .map(({ id }) => id)
    .sort();
}

/** The ids of things, in the order of the alphabet. */
export const idsOf = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id).sort();
