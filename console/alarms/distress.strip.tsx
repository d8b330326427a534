import { signal } from '@preact/signals';
import { may } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { nameOf } from '../words/names.ts';
import { clockOf, now } from '../words/time.ts';
import { value } from '../words/values.ts';
import { nameIn, numberOf } from '../words/words.ts';
import { AssistanceDialog } from './assistance.dialog.tsx';
import { type Notice, type NoticePlace, noticeFailure, notices, placeOf } from './distress.store.ts';
import { said } from './distress.words.ts';
import { placeWords } from './place.text.ts';

const recorded = signal<string | undefined>(undefined);

/** Above everything: people whose lives are at risk and whom nobody has helped yet. */
export function DistressStrip() {
  const all = notices.value;
  const open = all.find(({ id }) => id === recorded.value);
  return (
    <>
      <Failure text={noticeFailure.value} />
      {all.length > 0 && (
        <section class="distress" aria-label={said.title()}>
          <h2>
            {said.title()} <span role="status">{said.open({ n: all.length })}</span>
          </h2>
          <ul>
            {all.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} />
            ))}
          </ul>
        </section>
      )}
      {open && <AssistanceDialog notice={open} close={() => (recorded.value = undefined)} />}
    </>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  const { inNeed, assistanceDueAt, assistance } = notice.properties;
  const place = placeOf(notice);
  const count = inNeed?.best ?? inNeed?.low ?? inNeed?.high;
  const left = assistanceDueAt === null ? undefined : Date.parse(assistanceDueAt) - now.value;
  return (
    <li class={left !== undefined && left < 0 ? 'overdue' : ''}>
      {left !== undefined && <Clock left={left} />}
      <p class="where">
        <b>{count === undefined ? said.numberUnknown() : said.inNeed({ n: count })}</b>
        {place && placeWords(place.located).map((text) => <span key={text}>{text}</span>)}
        {place && place.rescuers.length > 0 && (
          <span class="rescue">{said.rescue({ bodies: place.rescuers.map(bodyText).join(' · ') })}</span>
        )}
        {assistance.map(({ agency, state, at }) => (
          <b key={agency + at} class="going">
            {state === 'under_way'
              ? said.underWay({ agency: nameOf('agencies', agency), time: clockOf(at) })
              : value('assistanceState', state)}
          </b>
        ))}
      </p>
      <span class="acts">
        <button type="button" onClick={() => showNotice(notice)}>
          {said.show()}
        </button>
        {may('addAssistance') && (
          <button type="button" class="alarm" onClick={() => (recorded.value = notice.id)}>
            {said.record()}
          </button>
        )}
      </span>
    </li>
  );
}

/** Counts down to the deadline, and up after it. */
function Clock({ left }: { left: number }) {
  const time = durationOf(Math.abs(left));
  return (
    <p class="clock" role="timer">
      <span>{left < 0 ? said.overdue() : said.due()}</span>
      <strong>{left < 0 ? said.late({ time }) : said.left({ time })}</strong>
    </p>
  );
}

const LONG_HOURS = 48;

/** `1:05:09`; `20 days` where seconds say nothing any more. */
function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours >= LONG_HOURS)
    return numberOf(Math.floor(hours / 24), { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const two = (number: number) => String(number % 60).padStart(2, '0');
  return `${hours}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}

/** `National Office of Civil Protection, Tunisia`. */
const bodyText = ({ agency, country }: NoticePlace['rescuers'][number]): string =>
  said.body({ agency: nameIn(agency.names), country: value('country', country) });

/** Selects the incident, where the reader may see it, and moves the map there. */
function showNotice({ geometry, properties: { incident } }: Notice): void {
  const [lon, lat] = geometry.coordinates as [number, number];
  show({ incident: incident ?? '', map: `10/${lat}/${lon}` }, { isStep: true });
}
