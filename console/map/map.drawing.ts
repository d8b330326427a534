import { computed, effect, signal } from '@preact/signals';
import type { GeoJSONSource, Map as MapView, StyleSpecification } from 'maplibre-gl';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { view } from '../app/address.ts';
import { BASE } from '../app/place.ts';
import { incidents, pointedAt, queryOf } from '../incidents/incident.store.ts';
import { language } from '../words/language.ts';
import { followChanges, fresh } from './map.fresh.ts';
import { reveal } from './map.handle.ts';
import {
  type DrawnIncident,
  FRESH,
  featuresOf,
  ITEM_LAYERS,
  isHidden,
  isItem,
  POINTED,
  SELECTED,
  selectionOf,
  styleOfScreen,
} from './map.style.ts';
import { keepTiles } from './map.tiles.ts';

/** The selected incident as far as the map draws it. */
export const selected = signal<DrawnIncident | undefined>(undefined);
export const hidden = computed(() => view.value.hide.split(',').filter(Boolean));

/** The style of the map is loaded: its sources and layers can change. */
const isReady = signal(false);

const tileQuery = computed(() => {
  const given = Object.entries(queryOf(view.value)).filter(([, value]) => value !== '');
  return new URLSearchParams(given).toString();
});

const partsNow = () => ({
  query: tileQuery.peek(),
  fresh: fresh.peek(),
  selected: selected.peek(),
  item: view.peek().item,
  hidden: hidden.peek(),
});

/** The one style document, in the language of the reader. */
export async function screenStyle(): Promise<StyleSpecification> {
  const response = await fetch(`${BASE}/style?language=${language.peek()}`);
  return styleOfScreen((await response.json()) as StyleSpecification, partsNow());
}

/** Keeps what is drawn in step with the address, the language and the changes. Returns the way to stop. */
export function keepDrawing(map: MapView): () => void {
  isReady.value = false;
  map.once('load', () => {
    isReady.value = true;
  });
  const ends = [
    followChanges(),
    keepLanguage(map),
    keepTiles(map, tileQuery),
    keepSources(map),
    keepLayers(map),
    keepSelection(),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function keepLanguage(map: MapView): () => void {
  let shown = language.value;
  return effect(() => {
    if (language.value === shown) return;
    shown = language.value;
    // MapLibre finds that nothing but labels differs
    void screenStyle().then((style) => map.setStyle(style, { diff: true, transformStyle: keepAdded }));
  });
}

/** What others have drawn on the map is in no style document, and stays. */
function keepAdded(before: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  const added = Object.entries(before?.sources ?? {}).filter(([id]) => !(id in next.sources));
  const ids = new Set(added.map(([id]) => id));
  const layers = before?.layers.filter((layer) => 'source' in layer && ids.has(layer.source)) ?? [];
  return {
    ...next,
    sources: { ...next.sources, ...Object.fromEntries(added) },
    layers: [...next.layers, ...layers],
  };
}

function keepSources(map: MapView): () => void {
  const keep = (source: string, dataOf: () => ReturnType<typeof selectionOf>) =>
    effect(() => {
      const data = dataOf();
      if (isReady.value) void map.getSource<GeoJSONSource>(source)?.setData(data);
    });
  const ends = [
    keep(FRESH, () => featuresOf(fresh.value)),
    keep(SELECTED, () => selectionOf(selected.value)),
    keep(POINTED, () => featuresOf(pointedRow())),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** The row under the pointer; on the map the pointer itself says where it is. */
function pointedRow(): DrawnIncident[] {
  const row = incidents.peek().find(({ id }) => id === pointedAt.value);
  if (!row) return [];
  const [lon, lat] = row.geometry.coordinates as [number, number];
  return [{ id: row.id, lon, lat, properties: {} }];
}

const keepLayers = (map: MapView): (() => void) =>
  effect(() => {
    const [off, item] = [hidden.value, view.value.item];
    if (!isReady.value) return;
    for (const { id } of map.getStyle().layers)
      map.setLayoutProperty(id, 'visibility', isHidden({ id }, off) ? 'none' : 'visible');
    for (const layer of ITEM_LAYERS) map.setFilter(layer, isItem(item));
  });

interface FlatIncident {
  geometry: { coordinates: [number, number] };
  properties: Record<string, unknown>;
}

/** Reads the selected incident, again after each change of it, and brings it into view when it was selected. */
function keepSelection(): () => void {
  const chosen = computed(() => view.value.incident);
  async function refresh(isNew: boolean): Promise<void> {
    const id = chosen.peek();
    const found = id
      ? await read<FlatIncident>(`/collections/incidents/items/${id}`).catch(() => undefined)
      : undefined;
    if (id !== chosen.peek()) return;
    selected.value = found && drawnOf(id, found);
    if (isNew && selected.value) reveal(selected.value);
  }
  const ends = [
    effect(() => {
      void chosen.value;
      void refresh(true);
    }),
    onChange(({ id }) => {
      if (id === chosen.peek()) void refresh(false);
    }),
    onReset(() => void refresh(false)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const drawnOf = (id: string, { geometry, properties }: FlatIncident): DrawnIncident => {
  const [lon, lat] = geometry.coordinates;
  return { id, lon, lat, properties };
};
