import { signal } from '@preact/signals';
import type { Map as MapView } from 'maplibre-gl';
import type { Place } from './place.circle.ts';

/** The map once it is there; others draw on it in sources and layers of their own. */
export const theMap = signal<MapView | undefined>(undefined);
/** This browser cannot draw maps. */
export const isMissing = signal(false);
/** The middle of what the map shows. */
export const centre = signal<Place>({ lon: 9.75, lat: 30.3 });

export const ALL_BORDERS: [number, number, number, number] = [7.3, 23.3, 12.2, 37.3];

export const showWhole = (): void => void theMap.value?.fitBounds(ALL_BORDERS, { padding: 24 });

/** Brings a place into view, if it is not there. */
export function reveal({ lon, lat }: Place): void {
  const map = theMap.value;
  if (!map || map.getBounds().contains([lon, lat])) return;
  map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 8) });
}
