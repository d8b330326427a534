import { show } from '../app/address.ts';
import { hidden } from './map.drawing.ts';
import { SWITCHES, type Switch } from './map.style.ts';
import { said } from './map.words.ts';

/** Which layers the map draws; what is left out stands in the address. */
export function MapSwitches() {
  const turn = (one: Switch, isOn: boolean) => {
    const others = hidden.value.filter((name) => name !== one);
    show({ hide: (isOn ? others : [...others, one]).join(',') });
  };
  return (
    <details class="map-box">
      <summary>{said.layers()}</summary>
      <div class="map-sheet">
        {SWITCHES.map((one) => (
          <label key={one} class="map-switch">
            <input
              type="checkbox"
              checked={!hidden.value.includes(one)}
              onChange={({ currentTarget }) => turn(one, currentTarget.checked)}
            />
            {said[one]()}
          </label>
        ))}
      </div>
    </details>
  );
}
