import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { may, me } from '../api/session.ts';
import { show, view } from '../app/address.ts';
import { dateOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { Alternatives } from './crossing.alternatives.tsx';
import { History } from './crossing.history.tsx';
import {
  type CrossingRow,
  hoursText,
  type Line,
  linesOf,
  type Side,
  statementText,
} from './crossing.sentences.ts';
import { said } from './crossing.words.ts';
import { StatementDialog } from './statement.dialog.tsx';

/** One crossing with its two sides. Its name shows it on the map. */
export function CrossingCard({ crossing }: { crossing: CrossingRow }) {
  const { id, properties, geometry } = crossing;
  const { names, border, borderKm, kind, status, sides } = properties;
  const isSelected = view.value.item === id;
  const element = useRef<HTMLLIElement>(null);
  const isStating = useSignal(false);
  const isTelling = useSignal(false);
  const titleId = useId();
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const [lon, lat] = geometry.coordinates as [number, number];
  const mine = sides.find(({ country }) => country === me.value?.country);
  return (
    <li ref={element} class={`crossing ${status.state}`} aria-labelledby={titleId}>
      <div class="head">
        <h2 id={titleId}>
          <button
            type="button"
            class="link-like"
            aria-pressed={isSelected}
            onClick={() => show(isSelected ? { item: '' } : { item: id, map: `11/${lat}/${lon}` })}
          >
            <bdi>{nameIn(names, id)}</bdi>
          </button>
        </h2>
        <StateBadge state={status.state} />
      </div>
      <p class="quiet">
        {value('crossingKind', kind)} · {said.km({ km: Math.round(borderKm), border })}
      </p>
      {sides.map((side) => (
        <SideLines key={side.country} crossing={crossing} side={side} />
      ))}
      {isSelected && status.state === 'closed' && <Alternatives crossing={crossing} />}
      <p class="acts">
        {mine && may('addCrossingStatus') && (
          <button type="button" aria-describedby={titleId} onClick={() => (isStating.value = true)}>
            {said.change()}
          </button>
        )}
        <button
          type="button"
          aria-describedby={titleId}
          aria-expanded={isTelling.value}
          onClick={() => (isTelling.value = !isTelling.value)}
        >
          {said.history()}
        </button>
      </p>
      {isTelling.value && <History crossing={crossing} />}
      {isStating.value && mine && (
        <StatementDialog crossing={crossing} side={mine} close={() => (isStating.value = false)} />
      )}
    </li>
  );
}

const SIGNS = { open: '○', restricted: '◐', closed: '●', unknown: '?' } as const;

// a shape beside the word: not by colour alone
function StateBadge({ state }: { state: keyof typeof SIGNS }) {
  return (
    <span class={`state ${state}`}>
      <span aria-hidden="true">{SIGNS[state]}</span> {value('crossingState', state)}
    </span>
  );
}

function SideLines({ crossing, side }: { crossing: CrossingRow; side: Side }) {
  const { country, planned, statements } = side;
  const hours = statements.find((one) => one.hours)?.hours;
  return (
    <section class="border-side">
      <h3>{value('countrySide', country)}</h3>
      <ul>
        {linesOf(crossing, side).map((line) => (
          <StateLine key={line.key} line={line} />
        ))}
        {planned.map((one) => (
          <li key={one.id} class="planned">
            <b>{said.planned()}</b> {statementText(one, country)}
            {one.reason && (
              <span class="quiet">
                {' '}
                · <bdi>{one.reason}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
      {hours && (
        <p class="quiet">
          {said.hours()}
          {said.colon()}
          {hoursText(hours).join(' · ')}
        </p>
      )}
    </section>
  );
}

function StateLine({ line: { state, text, statement, isStale } }: { line: Line }) {
  return (
    <li class={state}>
      <span>{text}</span>
      {statement?.reason && (
        <span class="quiet">
          {' '}
          · <bdi>{statement.reason}</bdi>
        </span>
      )}
      {isStale && <span class="badge moderate">{said.stale({ at: dateOf(statement!.from) })}</span>}
    </li>
  );
}
