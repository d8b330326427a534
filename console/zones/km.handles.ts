import { computed, effect } from '@preact/signals';
import type { Map as MapView, Marker } from 'maplibre-gl';
import { assetUrl } from '../app/place.ts';
import { borderLength, kmOn, placeOn } from '../map/border.km.ts';
import { theMap } from '../map/map.handle.ts';
import { draft, set } from './draft.store.ts';
import { asked } from './draft.words.ts';
import { tenths } from './zone.facts.ts';

type End = 'fromKm' | 'toKm';

/** Two handles on the map that slide along the border; by keyboard, too. Returns the way to take them away. */
export function showHandles(): () => void {
  return effect(() => {
    const map = theMap.value;
    if (!map) return;
    let end = () => {};
    let isClosed = false;
    void import(assetUrl('maplibre-gl.mjs')).then((library: typeof import('maplibre-gl')) => {
      const ends = (['fromKm', 'toKm'] as const).map((one) => handleOf(library, map, one));
      end = () => {
        for (const one of ends) one();
      };
      if (isClosed) end();
    });
    return () => {
      isClosed = true;
      end();
    };
  });
}

function handleOf({ Marker }: typeof import('maplibre-gl'), map: MapView, end: End): () => void {
  const element = document.createElement('div');
  element.className = `km-handle ${end === 'fromKm' ? 'north' : 'south'}`;
  const marker: Marker = new Marker({
    element,
    draggable: true,
    anchor: end === 'fromKm' ? 'bottom' : 'top',
  });
  const place = computed(() => draft.value && placeOn(draft.value.border, Number(draft.value[end])));
  marker.on('drag', () => {
    const { lng, lat } = marker.getLngLat();
    const km = kmOn(draft.peek()!.border, { lon: lng, lat });
    if (km !== undefined) move(end, km);
    // never off the line, also where it may not go further
    const on = place.peek();
    if (on) marker.setLngLat([on.lon, on.lat]);
  });
  element.addEventListener('keydown', (event) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(end, Number(draft.peek()![end]) + by);
  });
  const stop = effect(() => {
    const on = place.value;
    if (!on) return void marker.remove();
    marker.setLngLat([on.lon, on.lat]);
    // added again, the element would lose the focus with each key
    if (!element.isConnected) marker.addTo(map);
    describe(element, end);
  });
  return () => {
    stop();
    marker.remove();
  };
}

// south is further along every border
const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  PageDown: 10,
  PageUp: -10,
};

function move(end: End, km: number): void {
  const { border, fromKm, toKm } = draft.peek()!;
  const most = borderLength(border) ?? km;
  const [low, high] = end === 'fromKm' ? [0, Number(toKm) - 1] : [Number(fromKm) + 1, most];
  set({ [end]: String(tenths(Math.min(high, Math.max(low, km)))) });
}

function describe(element: HTMLElement, end: End): void {
  const { border, [end]: km } = draft.peek()!;
  const text = asked.kmAt({ n: tenths(Number(km)) });
  element.textContent = text;
  const attributes = {
    role: 'slider',
    tabindex: '0',
    'aria-label': end === 'fromKm' ? asked.north() : asked.south(),
    'aria-orientation': 'vertical',
    'aria-valuemin': '0',
    'aria-valuemax': String(Math.round(borderLength(border) ?? 0)),
    'aria-valuenow': km,
    'aria-valuetext': text,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
