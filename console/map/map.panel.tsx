import { useEffect, useRef } from 'preact/hooks';
import './map.css';
import { isMissing, showWhole, theMap } from './map.handle.ts';
import { MapHint } from './map.hint.tsx';
import { MapLegend } from './map.legend.tsx';
import { MapPlace } from './map.place.tsx';
import { MapSwitches } from './map.switches.tsx';
import { openMap } from './map.view.ts';
import { said } from './map.words.ts';

/** The map with its controls. Everything that can be done on it can also be done in lists and forms. */
export function MapPanel() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => openMap(element.current!), []);
  return (
    <>
      <div ref={element} id="map" class="map" dir="ltr">
        {isMissing.value && <p dir="auto">{said.nothingDrawn()}</p>}
      </div>
      <MapHint />
      <fieldset class="map-tools" aria-label={said.controls()} onKeyDown={closeByEscape}>
        <MapButton label={said.zoomIn()} sign="+" act={() => theMap.value?.zoomIn()} />
        <MapButton label={said.zoomOut()} sign="−" act={() => theMap.value?.zoomOut()} />
        <MapButton label={said.whole()} sign="⤢" act={showWhole} />
        <MapSwitches />
        <MapLegend />
      </fieldset>
      <MapPlace />
    </>
  );
}

/** Layers and legend, which lie over the map. */
function closeByEscape({ key, target }: KeyboardEvent): void {
  const box = (target as Element).closest<HTMLDetailsElement>('details[open]');
  if (key !== 'Escape' || !box) return;
  box.open = false;
  box.querySelector('summary')?.focus();
}

function MapButton({ label, sign, act }: { label: string; sign: string; act: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={act}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
