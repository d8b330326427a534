import { computed, effect } from '@preact/signals';
import type { FeatureCollection } from 'geojson';
import type { AddLayerObject, GeoJSONSource, Map as MapView } from 'maplibre-gl';
import { theMap } from '../map/map.handle.ts';
import { preview } from './draft.preview.tsx';
import { draft } from './draft.store.ts';
import type { Area } from './zone.answer.ts';
import { compared, open } from './zone.store.ts';

type RoleOnMap = 'shown' | 'draft' | 'before' | 'after';
interface DrawnArea {
  area: Area;
  role: RoleOnMap;
}

/** The draft as the service derives it, else two revisions over each other, else the open zone. */
const drawn = computed((): DrawnArea[] => {
  if (draft.value) return preview.value ? [{ area: preview.value.geometry, role: 'draft' }] : [];
  if (compared.value) {
    const { before, after } = compared.value;
    return [
      { area: before.geometry, role: 'before' },
      { area: after.geometry, role: 'after' },
    ];
  }
  return open.value ? [{ area: open.value.newest.geometry, role: 'shown' }] : [];
});

const SOURCE = 'zone-work';
const COLOURS: Record<RoleOnMap, string> = {
  shown: '#14566e',
  draft: '#7a3b9c',
  before: '#a3142a',
  after: '#1c6b3c',
};
const ROLES = Object.keys(COLOURS) as RoleOnMap[];

/** Keeps the areas of this part on the map while it is open. Returns the way to stop. */
export function drawZones(): () => void {
  return effect(() => {
    const map = theMap.value;
    if (!map) return;
    const add = () => addTo(map);
    add();
    // another style document, such as that of another language, comes without them
    map.on('styledata', add);
    const end = effect(() => {
      const data = featuresOf(drawn.value);
      map.getSource<GeoJSONSource>(SOURCE)?.setData(data);
    });
    return () => {
      end();
      map.off('styledata', add);
      removeFrom(map);
    };
  });
}

function addTo(map: MapView): void {
  if (map.getSource(SOURCE) || !map.getStyle()?.layers?.length) return;
  for (const role of ROLES)
    if (!map.hasImage(`hatch-${role}`)) map.addImage(`hatch-${role}`, hatchOf(role), { pixelRatio: 2 });
  map.addSource(SOURCE, { type: 'geojson', data: featuresOf(drawn.peek()) });
  for (const role of ROLES) for (const layer of layersOf(role)) map.addLayer(layer);
}

function removeFrom(map: MapView): void {
  if (!map.getSource(SOURCE)) return;
  for (const role of ROLES) for (const { id } of layersOf(role)) map.removeLayer(id);
  map.removeSource(SOURCE);
}

const layersOf = (role: RoleOnMap): AddLayerObject[] => [
  {
    id: `zone-work-${role}-fill`,
    type: 'fill',
    source: SOURCE,
    filter: ['==', ['get', 'role'], role],
    paint: { 'fill-pattern': `hatch-${role}`, 'fill-opacity': 0.75 },
  },
  {
    id: `zone-work-${role}-line`,
    type: 'line',
    source: SOURCE,
    filter: ['==', ['get', 'role'], role],
    paint: {
      'line-color': COLOURS[role],
      'line-width': 2.5,
      ...(role === 'before' && { 'line-dasharray': [3, 2] }),
    },
  },
];

const featuresOf = (areas: DrawnArea[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.map(({ area, role }) => ({
    type: 'Feature',
    geometry: area as never,
    properties: { role },
  })),
});

const HATCH = 24; // pixels of one tile

/** Slanted lines; what was before slants the other way, so that the common part is crossed. */
function hatchOf(role: RoleOnMap): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = HATCH;
  canvas.height = HATCH;
  const context = canvas.getContext('2d')!;
  context.strokeStyle = COLOURS[role];
  context.lineWidth = 3;
  if (role === 'before') context.setTransform(-1, 0, 0, 1, HATCH, 0);
  for (const shift of [-HATCH, 0, HATCH]) {
    context.moveTo(shift - 2, HATCH + 2);
    context.lineTo(shift + HATCH + 2, -2);
  }
  context.stroke();
  return context.getImageData(0, 0, HATCH, HATCH);
}
