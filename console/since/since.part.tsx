import './since.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import type { Part } from '../app/parts.ts';
import { titleOf } from '../tray/tray.titles.ts';
import { shell } from '../words/shell.words.ts';
import { momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import {
  allKeys,
  answers,
  choice,
  chosenAt,
  handedOverAt,
  isReady,
  isUnread,
  keyOf,
  MOST,
  markRead,
  mine,
  sinceFailure,
  start,
  urgentUnread,
} from './since.store.ts';
import { said } from './since.words.ts';

export const sincePart: Part = {
  id: 'since',
  title: () => said.title(),
  count: () => urgentUnread.value,
  isShown: () => me.value !== null,
  Panel: Since,
};

const HOURS = [1, 8, 24];

/** What changed while the officer was away, most pressing first. */
function Since() {
  const { distress, told, rest } = answers.value;
  const unread = allKeys.value.filter(isUnread).length;
  return (
    <>
      <StartChoice />
      <Failure text={sinceFailure.value} />
      <p class="since-head">
        <span class="quiet" aria-live="polite">
          {start.value && said.start({ at: momentOf(start.value) })} ·{' '}
          {!isReady.value ? shell.loading() : said.unreadCount({ n: unread })}
        </span>
        {unread > 0 && (
          <button type="button" onClick={() => markRead(allKeys.value)}>
            {said.read()}
          </button>
        )}
      </p>
      {isReady.value && allKeys.value.length === 0 && <p>{said.nothing()}</p>}
      <Group title={said.distress()}>
        {distress.map((row) => (
          <Row
            key={row.id}
            mark={keyOf.distress(row)}
            at={row.properties.occurredAt}
            open={{ incident: row.properties.incident ?? '', map: mapAt(row.geometry.coordinates) }}
          >
            <b>{value('incidentKind', 'distress')}</b>{' '}
            {row.properties.assistance.length > 0 ? said.assisted() : said.unassisted()}
          </Row>
        ))}
      </Group>
      <Group title={said.mine()}>
        {mine.value.slice(0, MOST).map((item) => (
          <Row key={item.key} mark={keyOf.mine(item)} at={item.since} open={{ part: 'tray' }}>
            <b>
              <bdi>{titleOf(item)}</bdi>
            </b>
          </Row>
        ))}
      </Group>
      <Group title={said.told()}>
        {told.map(({ id, properties, geometry }) => (
          <Row
            key={id}
            mark={keyOf.told({ id })}
            at={properties.at}
            open={{ incident: properties.incident ?? '', map: mapAt(geometry.coordinates) }}
          >
            <b>{value('incidentKind', properties.kind)}</b> {value('trigger', properties.trigger)}
            <Km {...properties} />
          </Row>
        ))}
      </Group>
      <Group title={said.rest()}>
        {rest.map((row) => (
          <Row key={row.id} mark={keyOf.rest(row)} at={row.properties.updatedAt} open={{ incident: row.id }}>
            <b>{value('incidentKind', row.properties.kind)}</b> {value('incidentState', row.properties.state)}
            <Km {...row.properties} />
          </Row>
        ))}
      </Group>
    </>
  );
}

const mapAt = ([lon, lat]: readonly number[]): string => `10/${lat}/${lon}`;

function Km({ border, borderKm }: { border: string | null; borderKm: number | null }) {
  if (!border || borderKm === null) return null;
  return <span class="quiet"> {said.km({ km: Math.round(borderKm), border })}</span>;
}

function Group({ title, children }: { title: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <section class="group">
      <h2>
        {title} <span class="quiet">{children.length}</span>
      </h2>
      <ul class="rows" aria-label={title}>
        {children}
      </ul>
      {children.length === MOST && <p class="quiet">{said.newest({ n: MOST })}</p>}
    </section>
  );
}

interface RowParts {
  mark: string;
  at: string;
  open: Parameters<typeof show>[0];
  children: ComponentChildren;
}

/** Opened, it is read. */
function Row({ mark, at, open, children }: RowParts) {
  const isNew = isUnread(mark);
  return (
    <li>
      <button
        type="button"
        class={`row ${isNew ? 'unread' : ''}`}
        onClick={() => {
          markRead([mark]);
          show(open, { isStep: true });
        }}
      >
        <span class="place">
          {isNew && (
            <>
              <span aria-hidden="true">● </span>
              <span class="unseen">{said.unread()} </span>
            </>
          )}
          {children}
        </span>
        <time class="quiet" dateTime={at}>
          {momentOf(at)}
        </time>
      </button>
    </li>
  );
}

function StartChoice() {
  const isChosen = choice.value === 'chosen';
  const typed = useSignal(chosenAt.value);
  return (
    <div class="filters since-start">
      <label>
        {said.since()}
        <select value={choice.value} onChange={({ currentTarget }) => (choice.value = currentTarget.value)}>
          {handedOverAt.value !== null && <option value="handover">{said.handover()}</option>}
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {said.lastHours({ n: hours })}
            </option>
          ))}
          <option value="chosen">{said.chosen()}</option>
        </select>
      </label>
      {isChosen && (
        <label>
          {said.chosenAt()}
          <input
            type="datetime-local"
            value={typed.value}
            onChange={({ currentTarget }) => {
              typed.value = currentTarget.value;
              chosenAt.value = currentTarget.value;
            }}
          />
        </label>
      )}
    </div>
  );
}
