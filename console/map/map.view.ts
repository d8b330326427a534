import { effect } from '@preact/signals';
import type { Map as MapView } from 'maplibre-gl';
import { show, view } from '../app/address.ts';
import { assetUrl } from '../app/place.ts';
import { loadBorderLines } from './border.km.ts';
import { keepDrawing, screenStyle } from './map.drawing.ts';
import { ALL_BORDERS, centre, isMissing, theMap } from './map.handle.ts';
import { listenToPointer } from './map.touch.ts';
import { said } from './map.words.ts';

const AROUND: [number, number, number, number] = [-12, 15, 30, 40]; // beyond it the ground is not known
const NUDGE_MS = 500;

/** Opens the map in an element. Returns the way to close it. */
export function openMap(container: HTMLElement): () => void {
  let close = () => {};
  let isClosed = false;
  void createMap(container)
    .then((end) => {
      close = end;
      if (isClosed) end();
    })
    .catch((error) => {
      console.warn(error);
      isMissing.value = true;
    });
  return () => {
    isClosed = true;
    close();
  };
}

async function createMap(container: HTMLElement): Promise<() => void> {
  const library = (await import(assetUrl('maplibre-gl.mjs'))) as typeof import('maplibre-gl');
  const map = new library.Map({
    container,
    style: await screenStyle(),
    ...(cameraOf(view.value.map) ?? { bounds: ALL_BORDERS, fitBoundsOptions: { padding: 24 } }),
    maxBounds: AROUND,
    transformRequest: (url) => ({ url: fromHere(url) }),
    renderWorldCopies: false,
    fadeDuration: 0, // each fading symbol would have the map drawn again and again
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    attributionControl: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.ScaleControl({ maxWidth: 120 }), 'bottom-left');
  // MapLibre asks for no further frame when the last source to load is an empty one
  const nudge = setInterval(() => map.triggerRepaint(), NUDGE_MS);
  map.once('idle', () => {
    clearInterval(nudge);
    container.dataset.state = 'drawn';
  });
  theMap.value = map;
  Object.assign(container, { map }); // as on the pages under /v1/
  const ends = [keepDrawing(map), keepCamera(map), keepTitle(map), listenToPointer(map)];
  void loadBorderLines();
  return () => {
    clearInterval(nudge);
    for (const end of ends) end();
    theMap.value = undefined;
    map.remove();
  };
}

/** Addresses in documents are those under which the service is published, which need not be how it was reached. */
function fromHere(url: string): string {
  const { protocol, pathname, search } = new URL(url, location.href);
  return protocol.startsWith('http') ? location.origin + pathname + search : url;
}

/** Of `zoom/latitude/longitude`. */
function cameraOf(text: string) {
  const [zoom, lat, lon] = text.split('/').map(Number);
  if (![zoom, lat, lon].every(Number.isFinite)) return undefined;
  return { zoom: zoom!, center: [lon!, lat!] as [number, number] };
}

function addressOfCamera(map: MapView): string {
  const { lng, lat } = map.getCenter();
  return [map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4)].join('/');
}

/** The camera and the address follow each other. */
function keepCamera(map: MapView): () => void {
  const look = () => {
    const { lng, lat } = map.getCenter();
    centre.value = { lon: lng, lat };
  };
  look();
  map.on('moveend', () => {
    look();
    show({ map: addressOfCamera(map) });
  });
  return effect(() => {
    const asked = view.value.map;
    const camera = cameraOf(asked);
    if (camera && !map.isMoving() && asked !== addressOfCamera(map)) map.jumpTo(camera);
  });
}

const keepTitle = (map: MapView): (() => void) =>
  effect(() => map.getCanvas().setAttribute('aria-label', said.title()));
