import { effect } from '@preact/signals';
import type { GeoJSONSource, Map as MapView } from 'maplibre-gl';
import { reveal, theMap } from '../map/map.handle.ts';
import { draft } from './report.draft.ts';

const MARK = 'report-place';
const COLOUR = '#a3142a';

/** Draws the place of the draft on the map, and brings it into view. Returns the way to stop. */
export function markPlace(): () => void {
  const stop = effect(() => {
    const { place } = draft.value;
    const map = theMap.value;
    if (!map?.isStyleLoaded() && !map?.getSource(MARK)) return;
    void sourceOf(map).setData({
      type: 'FeatureCollection',
      features: place
        ? [
            {
              type: 'Feature',
              properties: {},
              geometry: { type: 'Point', coordinates: [place.lon, place.lat] },
            },
          ]
        : [],
    });
    if (place) reveal(place);
  });
  return () => {
    stop();
    const map = theMap.peek();
    if (!map?.getSource(MARK)) return;
    map.removeLayer(MARK);
    map.removeSource(MARK);
  };
}

function sourceOf(map: MapView): GeoJSONSource {
  if (!map.getSource(MARK)) {
    map.addSource(MARK, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: MARK,
      type: 'circle',
      source: MARK,
      paint: {
        'circle-radius': 9,
        'circle-color': 'transparent',
        'circle-stroke-color': COLOUR,
        'circle-stroke-width': 4,
      },
    });
  }
  return map.getSource<GeoJSONSource>(MARK)!;
}
