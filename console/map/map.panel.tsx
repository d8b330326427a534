import { useEffect, useRef } from 'preact/hooks';
import { assetUrl, BASE } from '../app/place.ts';

export function MapPanel() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void draw(element.current!);
  }, []);
  return <div ref={element} id="map" class="map" dir="ltr" />;
}

async function draw(container: HTMLElement): Promise<void> {
  const { Map: MapView, ScaleControl } = await import(assetUrl('maplibre-gl.mjs'));
  const map = new MapView({
    container,
    style: `${BASE}/style`,
    bounds: [7.3, 23.3, 12.2, 37.3],
    dragRotate: false,
    maxPitch: 0,
    renderWorldCopies: false,
  });
  map.addControl(new ScaleControl(), 'bottom-left');
  map.once('idle', () => {
    container.dataset.state = 'drawn';
  });
}
