import { useSignal } from '@preact/signals';
import { TRAFFIC_CLASSES } from '../../src/features/crossings/crossing.vocabulary.ts';
import { ask } from '../api/request.ts';
import { Dialog } from '../app/dialog.tsx';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { shell } from '../words/shell.words.ts';
import { clockOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { Alternatives } from './crossing.alternatives.tsx';
import { type CrossingRow, directionOf, type Side, statementText } from './crossing.sentences.ts';
import { refreshSoon, told } from './crossing.store.ts';
import { said } from './crossing.words.ts';

const STATES = ['closed', 'restricted', 'open'] as const;
type Stated = (typeof STATES)[number];
type Traffic = (typeof TRAFFIC_CLASSES)[number];

interface DialogParts {
  crossing: CrossingRow;
  side: Side;
  close: () => void;
}

/** What the own side states, with the sentence that the others will read. */
export function StatementDialog({ crossing, side, close }: DialogParts) {
  const { isBusy, failure, write } = useWrite();
  const state = useSignal<Stated>('closed');
  const entering = useSignal('');
  const traffic = useSignal<readonly Traffic[]>([]);
  const from = useSignal('');
  const to = useSignal('');
  const reason = useSignal('');
  const { id, properties } = crossing;
  const name = nameIn(properties.names, id);
  const body = {
    entering: (entering.value || null) as Side['country'] | null,
    traffic: TRAFFIC_CLASSES.filter((one) => traffic.value.includes(one)),
    state: state.value,
    ...(from.value && { from: instantOf(from.value) }),
    ...(to.value && { to: instantOf(to.value) }),
    ...(reason.value.trim() && { reason: reason.value.trim() }),
  };
  const text = statementText({ ...body, to: body.to ?? null }, side.country);
  const send = async () => {
    const isDone = await write(async () => {
      await ask(`/crossings/${id}/status`, { method: 'POST', body });
      return true;
    });
    if (!isDone) return;
    told.value = `${said.told({ at: clockOf(Date.now()) })}${said.colon()}${name}${said.comma()}${text}`;
    close();
    refreshSoon();
  };
  return (
    <Dialog title={said.formTitle({ name })} close={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <fieldset class="choices">
          <legend>{said.newState()}</legend>
          {STATES.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="state"
                checked={state.value === one}
                onChange={() => (state.value = one)}
              />
              {value('crossingState', one)}
            </label>
          ))}
        </fieldset>
        <label>
          {said.direction()}
          <select
            value={entering.value}
            onChange={({ currentTarget }) => (entering.value = currentTarget.value)}
          >
            <option value="">{said.both()}</option>
            {properties.sides.map(({ country }) => (
              <option key={country} value={country}>
                {directionOf(country, side.country)}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="choices">
          <legend>{said.traffic()}</legend>
          {TRAFFIC_CLASSES.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={traffic.value.includes(one)}
                onChange={({ currentTarget }) => {
                  const others = traffic.value.filter((other) => other !== one);
                  traffic.value = currentTarget.checked ? [...others, one] : others;
                }}
              />
              {value('traffic', one)}
            </label>
          ))}
        </fieldset>
        <div class="filters">
          <Moment label={said.startAt()} at={from.value} change={(at) => (from.value = at)} />
          <Moment label={said.endAt()} at={to.value} change={(at) => (to.value = at)} />
        </div>
        <label>
          {said.reason()}
          <textarea
            rows={2}
            maxLength={500}
            dir="auto"
            value={reason.value}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        <p class="reads">
          <span class="quiet">{said.reads()}</span>
          <output>{text}</output>
        </p>
        {state.value === 'closed' && <Alternatives crossing={crossing} />}
        <Failure text={failure.value} />
        <p class="acts">
          <button type="submit" class="main" disabled={isBusy.value}>
            {said.save()}
          </button>
          <button type="button" onClick={close}>
            {shell.cancel()}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Of the clock of the reader's machine. */
const instantOf = (local: string): string => new Date(local).toISOString();

function Moment({ label, at, change }: { label: string; at: string; change: (at: string) => void }) {
  return (
    <label>
      {label}
      <input type="datetime-local" value={at} onInput={({ currentTarget }) => change(currentTarget.value)} />
    </label>
  );
}
