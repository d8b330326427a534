interface IncidentChange {
  at?: [lon: number, lat: number];
  id?: string;
  [property: string]: unknown;
}

/** An incident as it is reported: of the nature of its world, near Bouchebka, unless a test says otherwise. */
export function anIncident({ at = [8.42, 35.2], id, ...properties }: IncidentChange = {}) {
  return {
    type: 'Feature',
    ...(id && { id }),
    geometry: { type: 'Point', coordinates: at },
    properties: {
      kind: 'smuggling_fuel',
      severity: 'moderate',
      certainty: 'observed',
      occurredAt: '2026-02-01T06:30:00Z',
      horizontalAccuracyMetres: 100,
      tlp: 'AMBER+STRICT',
      ...properties,
    },
  };
}

interface ZoneChange {
  geometry?: object | null;
  [property: string]: unknown;
}

/** A joint zone of Algeria and Tunisia along 20 km of their border, unless a test says otherwise. */
export function aZone({ geometry = null, ...properties }: ZoneChange = {}) {
  const derivedFrom = { border: 'DZA-TUN', fromKm: 320, toKm: 340, widthMetres: 10_000, side: 'both' };
  return {
    type: 'Feature',
    geometry,
    properties: {
      names: { en: 'Exercise zone Bouchebka' },
      kind: 'exercise',
      purpose: 'Joint watch',
      participants: ['DZA', 'TUN'],
      ...(geometry ? {} : { derivedFrom }),
      ...properties,
    },
  };
}

/** A small square zone around a point. */
export const aSquare = ([lon, lat]: [number, number], halfDegrees = 0.1) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon - halfDegrees, lat - halfDegrees],
      [lon + halfDegrees, lat - halfDegrees],
      [lon + halfDegrees, lat + halfDegrees],
      [lon - halfDegrees, lat + halfDegrees],
      [lon - halfDegrees, lat - halfDegrees],
    ],
  ],
});
