import { nearestBorder } from './border.km.ts';
import { centre } from './map.handle.ts';
import { pointer } from './map.touch.ts';
import { said } from './map.words.ts';

const FAR_KM = 300;
const DECIMALS = 4;

/** Coordinates and the km of the nearest border, of the pointer or of the middle of the map. */
export function MapPlace() {
  const place = pointer.value ?? centre.value;
  const border = nearestBorder(place);
  return (
    <p class="map-place">
      <span>{pointer.value ? said.pointer() : said.centre()}</span>
      <bdi dir="ltr">
        {place.lat.toFixed(DECIMALS)}, {place.lon.toFixed(DECIMALS)}
      </bdi>
      {border && border.awayKm < FAR_KM && (
        <bdi dir="ltr">
          {border.code} km {border.km.toFixed(1)}
        </bdi>
      )}
      <small>{said.credit()}</small>
    </p>
  );
}
