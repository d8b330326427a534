import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { read } from '../api/request.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { refusalText } from '../app/write.ts';
import { value, within } from '../words/values.ts';
import { nameIn, numberOf } from '../words/words.ts';
import type { CrossingRow } from './crossing.sentences.ts';
import { said } from './crossing.words.ts';

interface Near {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: {
    names: Parameters<typeof nameIn>[0];
    border: string;
    distanceMetres: number;
    status: { state: string };
  };
}

const MOST = 3;

/** The nearest crossings that can be used now, those of the same border first. */
export function Alternatives({ crossing }: { crossing: CrossingRow }) {
  const near = useSignal<Near[] | undefined>(undefined);
  const failure = useSignal('');
  const { id, geometry, properties } = crossing;
  useEffect(() => {
    const [lon, lat] = geometry.coordinates as [number, number];
    read<{ features: Near[] }>('/crossings/nearest', { lon, lat, usable: 'true', limit: MOST + 1 })
      .then(({ features }) => {
        near.value = features.filter((one) => one.id !== id).slice(0, MOST);
      })
      .catch((error) => {
        failure.value = refusalText(error);
      });
  }, [id, properties.status.state]);
  if (failure.value) return <Failure text={failure.value} />;
  if (!near.value) return null;
  return (
    <section class="alternatives">
      <h3>{said.alternatives()}</h3>
      {near.value.length === 0 && <p>{said.noAlternative()}</p>}
      <ul aria-label={said.alternatives()}>
        {near.value.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class="link-like"
              onClick={() =>
                show({
                  item: one.id,
                  map: `11/${one.geometry.coordinates[1]}/${one.geometry.coordinates[0]}`,
                })
              }
            >
              <bdi>{nameIn(one.properties.names, one.id)}</bdi>
            </button>
            {said.comma()}
            {distanceOf(one.properties.distanceMetres)}
            {said.comma()}
            {within('crossingState', one.properties.status.state)}
            <span class="quiet"> · {value('border', one.properties.border)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const distanceOf = (metres: number): string =>
  numberOf(metres / 1000, {
    style: 'unit',
    unit: 'kilometer',
    maximumFractionDigits: metres < 10_000 ? 1 : 0,
  });
