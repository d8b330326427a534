import type { Map as MapView, StyleSpecification } from 'maplibre-gl';
import { assetUrl, BASE } from '../app/place.ts';
import { lookAt, type Shown } from '../map/map.legend.tsx';
import { language } from '../words/language.ts';

export interface Mark {
  /** The numbers of the items here: `1, 4`. */
  numbers: string;
  at: [number, number];
}

/** A map as a picture, with what its legend has to explain. */
export interface Picture {
  url: string;
  metresPerPixel: number;
  shown: Shown;
  /** Of the zones on it. */
  labels: string[];
}

export const PICTURE_WIDTH = 720;
export const PICTURE_HEIGHT = 440;

const WHOLE: [number, number, number, number] = [7.3, 23.3, 12.2, 37.3];
const CLOSEST = 8.5;
const LONGEST_MS = 60_000;
// incidents are the marks alone: their labels are known, those of all others on the map are not
const DRAWN = ['borders', 'zones', 'crossings'];

/** undefined: this browser draws no map, or not in time. */
export async function drawPicture(
  marks: readonly Mark[],
  more: readonly [number, number][],
): Promise<Picture | undefined> {
  const container = document.createElement('div');
  container.className = 'print-map';
  container.dir = 'ltr';
  document.body.append(container);
  let map: MapView | undefined;
  try {
    map = await openMap(container, [...marks.map(({ at }) => at), ...more]);
    await isIdle(map);
    addMarks(map, marks);
    await isIdle(map);
    return pictureOf(map);
  } catch {
    return undefined;
  } finally {
    map?.remove();
    container.remove();
  }
}

async function openMap(container: HTMLElement, places: readonly [number, number][]): Promise<MapView> {
  const { Map: View } = (await import(assetUrl('maplibre-gl.mjs'))) as typeof import('maplibre-gl');
  const style = (await (
    await fetch(`${BASE}/style?language=${language.value}`, { credentials: 'same-origin' })
  ).json()) as StyleSpecification;
  return new View({
    container,
    style: { ...style, layers: style.layers.filter(isDrawn) },
    bounds: boundsOf(places),
    fitBoundsOptions: { padding: 50, maxZoom: CLOSEST },
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    pixelRatio: 2,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
}

function isDrawn(layer: StyleSpecification['layers'][number]): boolean {
  const name = 'source-layer' in layer ? layer['source-layer'] : undefined;
  return name === undefined || DRAWN.includes(name);
}

function boundsOf(places: readonly [number, number][]): [number, number, number, number] {
  if (places.length === 0) return WHOLE;
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

const isIdle = (map: MapView): Promise<void> =>
  new Promise((resolve, reject) => {
    map.once('idle', () => resolve());
    setTimeout(() => reject(new Error('The map is not drawn in time.')), LONGEST_MS);
  });

function addMarks(map: MapView, marks: readonly Mark[]): void {
  const features = marks.map(({ numbers, at }) => ({
    type: 'Feature' as const,
    properties: { numbers },
    geometry: { type: 'Point' as const, coordinates: at },
  }));
  map.addSource('marks', { type: 'geojson', data: { type: 'FeatureCollection', features } });
  map.addLayer({
    id: 'marks',
    type: 'circle',
    source: 'marks',
    paint: {
      'circle-radius': 7,
      'circle-color': '#ffffff',
      'circle-stroke-color': '#a3142a',
      'circle-stroke-width': 3,
    },
  });
  map.addLayer({
    id: 'mark-numbers',
    type: 'symbol',
    source: 'marks',
    layout: {
      'text-field': ['get', 'numbers'],
      'text-size': 13,
      'text-anchor': 'bottom',
      'text-offset': [0, -1],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#a3142a', 'text-halo-color': '#ffffff', 'text-halo-width': 2 },
  });
}

function pictureOf(map: MapView): Picture {
  const middle = PICTURE_HEIGHT / 2;
  return {
    url: map.getCanvas().toDataURL('image/png'),
    metresPerPixel: map.unproject([0, middle]).distanceTo(map.unproject([100, middle])) / 100,
    shown: lookAt(map),
    labels: map.queryRenderedFeatures().flatMap(({ properties }) => properties.tlp ?? []),
  };
}
