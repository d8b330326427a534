import { effect, signal } from '@preact/signals';
import type { Position } from 'geojson';
import type { Map as MapView } from 'maplibre-gl';
import {
  type SnapToCustom,
  TerraDraw,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { read } from '../api/request.ts';
import { nearestBorder, placeOn } from '../map/border.km.ts';
import { theMap } from '../map/map.handle.ts';
import { placeTaker } from '../map/map.touch.ts';
import { ring, setRing, takeBack } from './draft.store.ts';

/** Drawing by pointer: corners are set, dragged, added between two others, and catch the border. Returns the way to stop. */
export function openDrawing(): () => void {
  void readSegments();
  return effect(() => {
    const map = theMap.value;
    if (!map) return;
    // clicks draw: they select nothing
    placeTaker.value = () => {};
    const close = drawOn(map);
    return () => {
      close();
      placeTaker.value = undefined;
    };
  });
}

function drawOn(map: MapView): () => void {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: 'zone-draw', coordinatePrecision: DECIMALS }),
    modes: [
      new TerraDrawPolygonMode({ snapping: { toCustom: snap }, showCoordinatePoints: true }),
      new TerraDrawSelectMode({
        allowManualDeselection: false,
        flags: {
          polygon: {
            feature: {
              draggable: false,
              coordinates: {
                draggable: true,
                midpoints: true,
                deletable: true,
                snappable: { toCustom: snap },
              },
            },
          },
        },
      }),
    ],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
  });
  draw.start();
  draw.on('change', () => {
    takeBack.value = draw.getModeState() === 'drawing' && draw.canUndo() ? () => void draw.undo() : undefined;
  });
  draw.on('finish', () => {
    const corners = cornersIn(draw);
    if (corners) setRing(corners);
  });
  const end = effect(() => {
    const corners = ring.value;
    // a drag that was just written down is drawn already
    if (isSame(cornersIn(draw), corners) && draw.getMode() === 'select') return;
    redraw(draw, corners);
  });
  return () => {
    end();
    takeBack.value = undefined;
    draw.stop();
  };
}

function redraw(draw: TerraDraw, corners: Position[]): void {
  draw.clear();
  draw.setMode(corners.length < 3 ? 'polygon' : 'select');
  if (corners.length < 3) return;
  const geometry = { type: 'Polygon' as const, coordinates: [[...corners, corners[0]!]] };
  const [added] = draw.addFeatures([{ type: 'Feature', geometry, properties: { mode: 'polygon' } }]);
  if (added?.valid) draw.selectFeature(added.id!);
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function cornersIn(draw: TerraDraw): Position[] | undefined {
  const area = draw
    .getSnapshot()
    .find(({ geometry, properties }) => geometry.type === 'Polygon' && properties.mode === 'polygon');
  const [outline] = (area?.geometry.coordinates ?? []) as Position[][];
  return outline?.slice(0, -1);
}

interface Segment {
  border: string;
  fromKm: number;
  toKm: number;
}
const segments = signal<Segment[]>([]);

async function readSegments(): Promise<void> {
  if (segments.peek().length > 0) return;
  const page = await read<{ features: { properties: Segment }[] }>('/segments', { limit: 200 }).catch(
    () => undefined,
  );
  segments.value = page?.features.map(({ properties }) => properties) ?? [];
}

const DECIMALS = 6; // a decimetre, as the service answers
const NEAR_PIXELS = 14;

/** The end of a segment, or else the border itself, if either is within a finger's width. */
const snap: SnapToCustom = ({ lng, lat, containerX, containerY }, { project }) => {
  const on = nearestBorder({ lon: lng, lat });
  if (!on) return undefined;
  const ends = segments
    .peek()
    .filter(({ border }) => border === on.code)
    .flatMap(({ fromKm, toKm }) => [fromKm, toKm])
    .sort((one, other) => Math.abs(one - on.km) - Math.abs(other - on.km));
  const near = [ends[0], on.km].flatMap((km) => (km === undefined ? [] : (placeOn(on.code, km) ?? [])));
  const caught = near.find((place) => {
    const { x, y } = project(place.lon, place.lat);
    return Math.hypot(x - containerX, y - containerY) <= NEAR_PIXELS;
  });
  return caught && [Number(caught.lon.toFixed(DECIMALS)), Number(caught.lat.toFixed(DECIMALS))];
};
