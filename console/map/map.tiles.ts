import { effect } from '@preact/signals';
import type { Map as MapView, VectorTileSource } from 'maplibre-gl';
import { type Change, onChange, onReset } from '../api/live.ts';
import { addressOf, INCIDENT_TILES, incidentTiles, REFERENCE_TILES } from './map.style.ts';

interface TileId {
  z: number;
  x: number;
  y: number;
}

const REFRESH_MS = 1_500; // at most so often, however many changes there are
const LAST_ZOOM = 16;
const EDGE = 1 / 32; // of a tile: what lies so near to an edge can be drawn by the neighbour, too
const DRAWN = ['zones', 'crossings', 'segments', 'assessments'];

/** What is to be read again: tiles, or all that are on the screen. */
type Stale = Map<string, TileId[] | 'all'>;

/** Keeps the tiles in step with the filters and the changes: of a new incident only those that hold it. */
export function keepTiles(map: MapView, query: { readonly value: string }): () => void {
  const stale: Stale = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readAgain = () => {
    timer = undefined;
    // what is being read is waited for: a flood of changes must not pile up readings
    if (!map.areTilesLoaded()) return later();
    for (const [source, tiles] of stale)
      if (map.getSource(source)) map.refreshTiles(source, tiles === 'all' ? undefined : tiles);
    stale.clear();
  };
  const later = () => {
    timer ??= setTimeout(readAgain, REFRESH_MS);
  };
  const add = (source: string, tiles: TileId[] | 'all') => {
    const known = stale.get(source) ?? [];
    stale.set(source, tiles === 'all' || known === 'all' ? 'all' : [...known, ...tiles]);
    later();
  };
  const ends = [
    keepQuery(map, query),
    onChange((change) => {
      if (change.collection === 'incidents') add(INCIDENT_TILES, tilesOf(change));
      else if (DRAWN.includes(change.collection)) add(REFERENCE_TILES, 'all');
    }),
    onReset(() => {
      add(INCIDENT_TILES, 'all');
      add(REFERENCE_TILES, 'all');
    }),
  ];
  return () => {
    for (const end of ends) end();
    clearTimeout(timer);
  };
}

function keepQuery(map: MapView, query: { readonly value: string }): () => void {
  let shown = query.value;
  return effect(() => {
    if (query.value === shown) return;
    shown = query.value;
    map.getSource<VectorTileSource>(INCIDENT_TILES)?.setTiles([addressOf(incidentTiles(shown))]);
  });
}

/** One that is not new may have been elsewhere. */
function tilesOf({ feature }: Change): TileId[] | 'all' {
  if (feature?.geometry?.type !== 'Point' || feature.properties.revision !== 1) return 'all';
  return tilesAround(feature.geometry.coordinates as [number, number]);
}

/** OGC Two Dimensional Tile Matrix Set 2.0, WebMercatorQuad: the tiles of all zooms that can draw a place. */
export function tilesAround([lon, lat]: [number, number]): TileId[] {
  const across = lon / 360 + 0.5;
  const sine = Math.sin((lat * Math.PI) / 180);
  const down = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return Array.from({ length: LAST_ZOOM + 1 }, (_, z) => {
    const numbersAt = (share: number) =>
      new Set([-EDGE, EDGE].map((edge) => Math.floor(share * 2 ** z + edge)));
    return [...numbersAt(across)].flatMap((x) => [...numbersAt(down)].map((y) => ({ z, x, y })));
  }).flat();
}
