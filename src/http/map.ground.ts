interface NamedPlace {
  names: { en: string; fr: string; ar: string };
  lon: number;
  lat: number;
  /** Of a town: 1 (capital) to 4. */
  rank?: number;
  /** Of an area: sea, desert … */
  kind?: string;
}

// beside the middle of each country, where no town is
const COUNTRIES: NamedPlace[] = [
  { names: { en: 'Algeria', fr: 'Algérie', ar: 'الجزائر' }, lon: 3.2, lat: 29.6, kind: 'country' },
  { names: { en: 'Tunisia', fr: 'Tunisie', ar: 'تونس' }, lon: 9.3, lat: 34.75, kind: 'country' },
  { names: { en: 'Libya', fr: 'Libye', ar: 'ليبيا' }, lon: 15.8, lat: 28.4, kind: 'country' },
];

/** The names on maps as points: a name in an area would be drawn once a tile. */
export const namesOfPlaces = (towns: readonly NamedPlace[], areas: readonly NamedPlace[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: 'FeatureCollection',
      features: [...COUNTRIES, ...areas, ...towns.map((town) => ({ ...town, kind: 'town' }))].map(
        ({ names, lon, lat, kind, rank }) => ({
          type: 'Feature',
          properties: { ...names, kind, rank },
          geometry: { type: 'Point', coordinates: [lon, lat] },
        }),
      ),
    }),
  );

interface Land {
  features: { geometry: { coordinates: [number, number][][][] } }[];
}

/** Holes in the land as areas: lakes and salt flats, which are not sea. */
export const lakesIn = ({ features }: Land): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'MultiPolygon',
        // wound the other way round, as the outer ring of an area
        coordinates: features.flatMap(({ geometry }) =>
          geometry.coordinates.flatMap(([, ...holes]) => holes.map((hole) => [hole.toReversed()])),
        ),
      },
    }),
  );
