import { theMap } from '../map/map.handle.ts';
import type { Area } from './zone.answer.ts';

/** Brings an area into view. */
export function fitArea({ type, coordinates }: Area): void {
  const places = (type === 'Polygon' ? coordinates.flat() : coordinates.flat(2)) as number[][];
  const [lons, lats] = [places.map(([lon]) => lon!), places.map(([, lat]) => lat!)];
  theMap.peek()?.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {
    padding: 60,
    maxZoom: 10,
  });
}
