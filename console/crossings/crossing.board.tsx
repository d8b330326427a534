import { useEffect } from 'preact/hooks';
import { CROSSING_STATES } from '../../src/features/crossings/crossing.vocabulary.ts';
import { show, view } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { COUNTRIES } from '../words/names.ts';
import { shell } from '../words/shell.words.ts';
import { value } from '../words/values.ts';
import { CrossingCard } from './crossing.card.tsx';
import { boardFailure, crossings, isRead, openBoard, told } from './crossing.store.ts';
import { said } from './crossing.words.ts';

const BORDERS = ['DZA-TUN', 'LBY-TUN', 'DZA-LBY'];

/** Every crossing, side by side: what holds now and why, and what is planned. */
export function CrossingBoard() {
  useEffect(openBoard, []);
  const rows = crossings.value;
  return (
    <>
      <search class="filters" aria-label={said.filters()}>
        <Choice name="border" label={said.border()} values={BORDERS} wordOf={(one) => value('border', one)} />
        <Choice
          name="country"
          label={said.country()}
          values={COUNTRIES}
          wordOf={(one) => value('country', one)}
        />
        <Choice
          name="status"
          label={said.state()}
          values={CROSSING_STATES}
          wordOf={(one) => value('crossingState', one)}
        />
      </search>
      <Failure text={boardFailure.value} />
      <p role="status" class={told.value ? 'told' : 'unseen'}>
        {told.value}
      </p>
      <p class="quiet" aria-live="polite">
        {!isRead.value ? shell.loading() : rows.length === 0 ? said.none() : said.shown({ n: rows.length })}
      </p>
      <ul class="rows" aria-label={said.title()}>
        {rows.map((row) => (
          <CrossingCard key={row.id} crossing={row} />
        ))}
      </ul>
    </>
  );
}

interface ChoiceParts {
  name: 'border' | 'country' | 'status';
  label: string;
  values: readonly string[];
  wordOf: (one: string) => string;
}

function Choice({ name, label, values, wordOf }: ChoiceParts) {
  return (
    <label>
      {label}
      <select
        value={view.value[name]}
        onChange={({ currentTarget }) => show({ [name]: currentTarget.value })}
      >
        <option value="">{said.all()}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
