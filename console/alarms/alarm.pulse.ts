import { effect } from '@preact/signals';
import type { Map as MapView, Marker } from 'maplibre-gl';
import { assetUrl } from '../app/place.ts';
import { theMap } from '../map/map.handle.ts';
import { type Alarm, waiting } from './alarm.store.ts';

const MOST = 50;

/** Rings on the map around what waits to be taken, whatever its filters hide; they beat while the alarm rings. */
export function pulseAlarms(): void {
  effect(() => {
    const map = theMap.value;
    if (!map) return;
    const drawn = new Map<string, Marker>();
    let isOver = false;
    let end = () => {};
    void import(assetUrl('maplibre-gl.mjs')).then((library: typeof import('maplibre-gl')) => {
      if (isOver) return;
      end = effect(() => draw({ library, map, drawn }, waiting.value.slice(0, MOST)));
    });
    return () => {
      isOver = true;
      end();
      for (const marker of drawn.values()) marker.remove();
    };
  });
}

interface Drawing {
  library: typeof import('maplibre-gl');
  map: MapView;
  drawn: Map<string, Marker>;
}

function draw({ library, map, drawn }: Drawing, alarms: readonly Alarm[]): void {
  const keys = new Set(alarms.map(({ key }) => key));
  for (const [key, marker] of drawn) if (!keys.has(key)) drawn.delete(key) && marker.remove();
  for (const { key, lon, lat, severity, isDrill, isRinging } of alarms) {
    const marker = drawn.get(key) ?? new library.Marker({ element: document.createElement('div') });
    marker.setLngLat([lon, lat]);
    if (!drawn.has(key)) marker.addTo(map);
    drawn.set(key, marker);
    const element = marker.getElement();
    // the list of alarms says it to those who cannot see it
    element.ariaHidden = 'true';
    for (const [name, isSo] of Object.entries({ pulse: true, ringing: isRinging, drill: isDrill }))
      element.classList.toggle(name, isSo);
    element.dataset.severity = severity;
  }
}
