import { anIncident, aSquare } from './builders.ts';

interface Change {
  geometry?: object | null;
  id?: string;
  [property: string]: unknown;
}

/** An incident as it is added to a layer: near Bouchebka, unless a test says otherwise. */
export function aFlatIncident({ at, geometry, id, ...properties }: Change & { at?: [number, number] } = {}) {
  const { counts: _, ...feature } = anIncident({ ...(at && { at }) }) as ReturnType<typeof anIncident> & {
    counts?: unknown;
  };
  return {
    ...feature,
    ...(id && { id }),
    geometry: geometry ?? feature.geometry,
    properties: { ...feature.properties, ...properties },
  };
}

/** A joint zone of Algeria and Tunisia, drawn, unless a test says otherwise. */
export const aFlatZone = ({ geometry = aSquare([8.4, 35]), id, ...properties }: Change = {}) => ({
  type: 'Feature',
  ...(id && { id }),
  geometry,
  properties: {
    nameEn: 'Exercise zone of a layer',
    kind: 'exercise',
    purpose: 'Joint watch',
    participants: 'DZA,TUN',
    ...properties,
  },
});
