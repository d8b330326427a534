import { computed, signal } from '@preact/signals';
import { may, me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { agoOf, clockOf, momentOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import {
  type Alarm,
  alarmFailure,
  alarms,
  hasMoreAlarms,
  ringing,
  take,
  touch,
  waiting,
} from './alarm.store.ts';
import { alarmText } from './alarm.text.ts';
import { said } from './alarm.words.ts';

const MOST_SHOWN = 30;
const chosen = signal<ReadonlySet<string>>(new Set());
const chosenAlarms = computed(() => waiting.value.filter(({ key }) => chosen.value.has(key)));

function choose(alarm: Alarm, isChosen: boolean): void {
  const next = new Set(chosen.peek());
  if (isChosen) next.add(alarm.key);
  else next.delete(alarm.key);
  chosen.value = next;
  touch([alarm]);
}

/** What an officer must not miss, whatever the filters hide. */
export function AlarmStrip() {
  const { isBusy, failure, write } = useWrite();
  const takeThese = (these: readonly Alarm[]) => void write(() => take(these));
  return (
    <>
      <p class="unseen" role="alert">
        {ringing.value[0] && said.news({ text: alarmText(ringing.value[0]) })}
      </p>
      <Failure text={alarmFailure.value || failure.value} />
      {alarms.value.length > 0 && (
        <section class="alarms" aria-label={said.title()}>
          <AlarmHead isBusy={isBusy.value} takeThese={takeThese} />
          <ul>
            {alarms.value.slice(0, MOST_SHOWN).map((alarm) => (
              <AlarmCard
                key={alarm.key}
                alarm={alarm}
                isBusy={isBusy.value}
                takeIt={() => takeThese([alarm])}
              />
            ))}
          </ul>
          {(hasMoreAlarms.value || alarms.value.length > MOST_SHOWN) && <p>{said.more()}</p>}
        </section>
      )}
    </>
  );
}

interface HeadParts {
  isBusy: boolean;
  takeThese: (these: readonly Alarm[]) => void;
}

function AlarmHead({ isBusy, takeThese }: HeadParts) {
  const these = chosenAlarms.value.length > 0 ? chosenAlarms.value : waiting.value.slice(0, MOST_SHOWN);
  const take = chosenAlarms.value.length > 0 ? said.takeChosen : said.takeAll;
  return (
    <header>
      <h2>{said.waiting({ n: waiting.value.length })}</h2>
      {ringing.value.length > 0 && (
        <button type="button" onClick={() => touch(ringing.value)}>
          {said.silence()}
        </button>
      )}
      {may('acknowledgeAlerts') && these.length > 1 && (
        <button type="button" disabled={isBusy} onClick={() => takeThese(these)}>
          {take({ n: these.length })}
        </button>
      )}
    </header>
  );
}

interface CardParts {
  alarm: Alarm;
  isBusy: boolean;
  takeIt: () => void;
}

function AlarmCard({ alarm, isBusy, takeIt }: CardParts) {
  const { newest, severity, isDrill, isRinging, takenAt } = alarm;
  const text = alarmText(alarm);
  const mayTake = may('acknowledgeAlerts');
  return (
    <li class={`alarm ${severity} ${isRinging ? 'ringing' : ''} ${isDrill ? 'drill' : ''}`}>
      {takenAt === undefined && mayTake && (
        <input
          type="checkbox"
          aria-label={said.choose({ text })}
          checked={chosen.value.has(alarm.key)}
          onChange={({ currentTarget }) => choose(alarm, currentTarget.checked)}
        />
      )}
      <p class="what">
        <span class={`badge ${severity}`}>{value('severity', severity)}</span>
        {isDrill && <span class="badge">{value('nature', newest.nature)}</span>}
        <b>{text}</b>
        <span>{value('trigger', newest.trigger)}</span>
        <time class="quiet" dateTime={newest.at} title={momentOf(newest.at)}>
          {agoOf(newest.at)}
        </time>
      </p>
      <span class="acts">
        <button type="button" onClick={() => showAlarm(alarm)}>
          {said.show()}
        </button>
        {takenAt !== undefined ? (
          <b class="taken" role="status">
            {said.taken({ agency: nameIn(me.value?.names), time: clockOf(takenAt) })}
          </b>
        ) : (
          mayTake && (
            <button type="button" class="main" disabled={isBusy} onClick={takeIt}>
              {said.take()}
            </button>
          )
        )}
      </span>
    </li>
  );
}

function showAlarm(alarm: Alarm): void {
  touch([alarm]);
  const { lat, lon, newest } = alarm;
  show({ incident: newest.incident ?? '', map: `10/${lat}/${lon}` }, { isStep: true });
}
