import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { COUNTRY_CODES } from '../../src/core/caller.ts';
import { type KindOfWord, valuesOf } from '../../src/core/vocabulary.ts';
import { ask, Refusal } from '../api/request.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { value } from '../words/values.ts';
import { type FormParts, refreshDetail } from './detail.store.ts';
import { said } from './detail.words.ts';

interface SentFormParts {
  path: string;
  bodyOf: (form: FormData) => object;
  act: string;
  done: () => void;
  children: ComponentChildren;
}

/** A form that is sent as one POST. Refused, it stays as it is; after a conflict the incident is read again. */
function SentForm({ path, bodyOf, act, done, children }: SentFormParts) {
  const { isBusy, failure, write } = useWrite();
  const send = async (form: FormData) => {
    const answer = await write(() =>
      ask(path, { method: 'POST', body: bodyOf(form) }).catch((error) => {
        if (error instanceof Refusal && [409, 412].includes(error.status)) void refreshDetail();
        throw error;
      }),
    );
    if (answer) done();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      {children}
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value}>
          {act}
        </button>
      </p>
    </form>
  );
}

interface ChoiceParts {
  label: string;
  name: string;
  of: KindOfWord;
  values?: readonly string[];
  /** The first choice: nothing changes. */
  isOptional?: boolean;
}

function Choice({ label, name, of, values = valuesOf(of), isOptional }: ChoiceParts) {
  return (
    <label>
      {label}
      <select name={name}>
        {isOptional && <option value="">{said.unchanged()}</option>}
        {values.map((one) => (
          <option key={one} value={one}>
            {value(of, one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Checks({ label, name, of, values = valuesOf(of) }: ChoiceParts) {
  return (
    <fieldset>
      <legend>{label}</legend>
      <div class="checks">
        {values.map((one) => (
          <label key={one} class="check">
            <input type="checkbox" name={name} value={one} />
            {value(of, one)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Text({ most, isNeeded = false }: { most: number; isNeeded?: boolean }) {
  return (
    <label>
      {said.text()}
      <textarea name="text" dir="auto" rows={3} maxLength={most} required={isNeeded} />
    </label>
  );
}

/** Of a form the fields that hold something. */
const filled = (form: FormData, ...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = String(form.get(name) ?? '').trim();
      return text ? [[name, text]] : [];
    }),
  );

export function ResponseForm({ shown: { id }, done }: FormParts) {
  return (
    <SentForm
      path={`/incidents/${id}/responses`}
      bodyOf={(form) => filled(form, 'kind', 'state', 'text')}
      act={said.save()}
      done={done}
    >
      <Choice label={said.kind()} name="kind" of="responseKind" />
      <Choice label={said.state()} name="state" of="responseState" />
      <Text most={300} />
    </SentForm>
  );
}

export function ReportForm({ shown: { id }, done }: FormParts) {
  return (
    <SentForm
      path={`/incidents/${id}/reports`}
      bodyOf={(form) => filled(form, 'text', 'severity', 'state')}
      act={said.save()}
      done={done}
    >
      <Text most={2000} />
      <Choice label={said.severity()} name="severity" of="severity" isOptional />
      <Choice label={said.state()} name="state" of="incidentState" isOptional />
    </SentForm>
  );
}

const HOUR_MS = 3_600_000;
const FIRST_DUE_HOURS = 2;

/** As a field for date and time wants it: of this machine, without a zone. */
function localTime(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 16);
}

export function RequestForm({ shown, done }: FormParts) {
  const kind = useSignal('information');
  const { id, incident } = shown;
  const others = COUNTRY_CODES.filter((code) => code !== incident.properties.owner);
  const due = useSignal(localTime(Date.now() + FIRST_DUE_HOURS * HOUR_MS));
  return (
    <SentForm
      path={`/incidents/${id}/requests`}
      bodyOf={(form) => ({
        ...filled(form, 'text'),
        kind: kind.value,
        needs: kind.value === 'support' ? form.getAll('needs') : [],
        to: form.getAll('to'),
        dueAt: new Date(due.value).toISOString(),
      })}
      act={said.sendRequest()}
      done={done}
    >
      <label>
        {said.kind()}
        <select value={kind.value} onChange={({ currentTarget }) => (kind.value = currentTarget.value)}>
          {valuesOf('requestKind').map((one) => (
            <option key={one} value={one}>
              {value('requestKind', one)}
            </option>
          ))}
        </select>
      </label>
      {kind.value === 'support' && <Checks label={said.needs()} name="needs" of="need" />}
      <Checks label={said.to()} name="to" of="country" values={[...others, incident.properties.owner]} />
      <label>
        {said.dueAt()}
        <input
          type="datetime-local"
          required
          value={due.value}
          onInput={({ currentTarget }) => (due.value = currentTarget.value)}
        />
      </label>
      <Text most={1000} isNeeded />
    </SentForm>
  );
}
