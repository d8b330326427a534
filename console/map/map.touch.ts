import { effect, signal } from '@preact/signals';
import type { MapGeoJSONFeature, MapMouseEvent, Map as MapView, PointLike } from 'maplibre-gl';
import { show, view } from '../app/address.ts';
import { pointedAt } from '../incidents/incident.store.ts';
import { TOUCHED } from './map.style.ts';
import type { Place } from './place.circle.ts';

/** Where the pointer is; undefined: not on the map. */
export const pointer = signal<Place | undefined>(undefined);

export interface Touch {
  feature: MapGeoJSONFeature;
  /** On the map's element. */
  x: number;
  y: number;
}
/** What lies under the pointer. */
export const touched = signal<Touch | undefined>(undefined);

/** While somebody is to choose a place, a click gives it, and selects nothing. */
export const placeTaker = signal<((place: Place) => void) | undefined>(undefined);

const NEAR = 5; // pixels: pointers and fingers are not exact

function featureAt(map: MapView, { x, y }: { x: number; y: number }): MapGeoJSONFeature | undefined {
  const box: [PointLike, PointLike] = [
    [x - NEAR, y - NEAR],
    [x + NEAR, y + NEAR],
  ];
  const layers = TOUCHED.filter((layer) => map.getLayer(layer));
  const found = map.queryRenderedFeatures(box, { layers });
  return layers.flatMap((layer) => found.filter((one) => one.layer.id === layer))[0];
}

/** Follows the pointer: a place, a hint, a selection. */
export function listenToPointer(map: MapView): () => void {
  const canvas = map.getCanvas();
  let frame = 0;
  map.on('mousemove', ({ point, lngLat }: MapMouseEvent) => {
    cancelAnimationFrame(frame);
    // one question a frame, however many moves
    frame = requestAnimationFrame(() => {
      pointer.value = { lon: lngLat.lng, lat: lngLat.lat };
      if (map.isMoving()) return;
      const feature = placeTaker.peek() ? undefined : featureAt(map, point);
      touched.value = feature && { feature, x: point.x, y: point.y };
      pointedAt.value = feature && isIncident(feature) ? String(feature.properties.id) : '';
    });
  });
  map.on('mouseout', () => {
    cancelAnimationFrame(frame);
    pointer.value = undefined;
    touched.value = undefined;
    pointedAt.value = '';
  });
  map.on('movestart', () => {
    touched.value = undefined;
  });
  map.on('click', ({ point, lngLat }: MapMouseEvent) => {
    const take = placeTaker.peek();
    if (take) take({ lon: lngLat.lng, lat: lngLat.lat });
    else select(map, featureAt(map, point));
  });
  return effect(() => {
    canvas.style.cursor = placeTaker.value ? 'crosshair' : touched.value ? 'pointer' : '';
  });
}

const isIncident = ({ layer }: MapGeoJSONFeature): boolean =>
  layer.id === 'incidents' || layer.id === 'fresh';

function select(map: MapView, feature: MapGeoJSONFeature | undefined): void {
  const id = String(feature?.properties.id ?? '');
  const layer = feature?.sourceLayer ?? feature?.source;
  if (layer === 'incidents-cells' && feature?.geometry.type === 'Point')
    map.easeTo({ center: feature.geometry.coordinates as [number, number], zoom: map.getZoom() + 2 });
  else if (layer === 'zones' || layer === 'crossings') show({ part: layer, item: id }, { isStep: true });
  else show({ incident: view.peek().incident === id ? '' : id }, { isStep: true });
}
