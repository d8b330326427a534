import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { readAll } from './read.pages.ts';
import { openShift } from './shift.store.ts';
import { said } from './shift.words.ts';

const KINDS = ['room', 'post'] as const;

interface CrossingRow {
  id: string;
  properties: { names: Partial<Record<'en' | 'fr' | 'ar', string>> };
}

export function OpeningForm() {
  const { isBusy, failure, write } = useWrite();
  const kind = useSignal<(typeof KINDS)[number]>('room');
  return (
    <form
      class="shift-form"
      aria-label={said.open()}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const crossing = String(form.get('crossing') ?? '');
        const place = { kind: kind.value, name: String(form.get('name')), ...(crossing && { crossing }) };
        void write(() => openShift(place));
      }}
    >
      <h2>{said.open()}</h2>
      <label>
        {said.kind()}
        <select
          value={kind.value}
          onChange={({ currentTarget }) => (kind.value = currentTarget.value as 'room')}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {value('placeKind', one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {said.name()}
        <input name="name" required maxLength={80} dir="auto" aria-describedby="shift-name-note" />
      </label>
      <p id="shift-name-note" class="quiet">
        {said.nameNote()}
      </p>
      {kind.value === 'post' && <CrossingChoice />}
      <Failure text={failure.value} />
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value}>
          {said.openNow()}
        </button>
      </p>
    </form>
  );
}

function CrossingChoice() {
  const crossings = useSignal<CrossingRow[]>([]);
  useEffect(() => {
    void readAll<CrossingRow>('/crossings', 'features').then(
      (rows) => (crossings.value = rows),
      () => {},
    );
  }, []);
  return (
    <label>
      {said.crossing()}
      <select name="crossing">
        <option value="">{said.noCrossing()}</option>
        {crossings.value.map(({ id, properties: { names } }) => (
          <option key={id} value={id}>
            {nameIn(names, id)}
          </option>
        ))}
      </select>
    </label>
  );
}
