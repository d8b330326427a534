import { useEffect } from 'preact/hooks';
import { CROSSING_STATES } from '../../src/features/crossings/crossing.vocabulary.ts';
import { Failure } from '../app/failure.tsx';
import { FilterChoice } from '../app/filter.choice.tsx';
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
        <FilterChoice
          all={said.all()}
          name="border"
          label={said.border()}
          values={BORDERS}
          wordOf={(one) => value('border', one)}
        />
        <FilterChoice
          all={said.all()}
          name="country"
          label={said.country()}
          values={COUNTRIES}
          wordOf={(one) => value('country', one)}
        />
        <FilterChoice
          all={said.all()}
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
