import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { show, view } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { agoOf, momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { IncidentFilters } from './incident.filters.tsx';
import { hasMore, type IncidentRow, incidents, listFailure, pointedAt } from './incident.store.ts';
import { said } from './incident.words.ts';

/** The newest incidents that match the filters. The selected one is also selected on the map. */
export function IncidentList() {
  const rows = incidents.value;
  return (
    <>
      <IncidentFilters />
      <Failure text={listFailure.value} />
      <p class="quiet" aria-live="polite">
        {rows.length === 0
          ? said.none()
          : hasMore.value
            ? said.more({ n: rows.length })
            : said.shown({ n: rows.length })}
      </p>
      <ul class="rows" aria-label={said.title()}>
        {rows.map((row) => (
          <IncidentItem key={row.id} row={row} />
        ))}
      </ul>
    </>
  );
}

function IncidentItem({ row: { id, properties } }: { row: IncidentRow }) {
  const { kind, severity, state, occurredAt, placeText, country, border, borderKm, nature } = properties;
  const element = useRef<HTMLLIElement>(null);
  // the row is drawn again only if this changes, not with each move of the map
  const isSelected = useComputed(() => view.value.incident === id).value;
  const isPointed = useComputed(() => pointedAt.value === id).value;
  // and its age alone when that reads differently, not all rows each second
  const ago = useComputed(() => agoOf(occurredAt));
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const point = (isHere: boolean) => {
    pointedAt.value = isHere ? id : '';
  };
  return (
    <li ref={element}>
      <button
        type="button"
        class={`row ${severity} ${state} ${nature} ${isPointed ? 'pointed' : ''}`}
        aria-pressed={isSelected}
        onMouseEnter={() => point(true)}
        onMouseLeave={() => point(false)}
        onFocus={() => point(true)}
        onBlur={() => point(false)}
        onClick={() => show({ incident: isSelected ? '' : id })}
      >
        <b>{value('incidentKind', kind)}</b>
        <span class={`badge ${severity}`}>{value('severity', severity)}</span>
        <span class="quiet">{value('incidentState', state)}</span>
        <span class="place">
          {placeText ? <bdi>{placeText}</bdi> : country && value('country', country)}
          {border && borderKm !== null && (
            <span class="quiet"> {said.km({ km: Math.round(borderKm), border })}</span>
          )}
        </span>
        <time class="quiet" dateTime={occurredAt} title={momentOf(occurredAt)}>
          {ago}
        </time>
      </button>
    </li>
  );
}
