import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { valuesOf } from '../../src/core/vocabulary.ts';
import { show } from '../app/address.ts';
import { Failure } from '../app/failure.tsx';
import { useWrite } from '../app/write.ts';
import { placeTaker } from '../map/map.touch.ts';
import { clockOf } from '../words/time.ts';
import { value } from '../words/values.ts';
import { listOf } from '../words/words.ts';
import { change, clearDraft, draft, missingOf, sendDraft } from './report.draft.ts';
import { KindField, LabelField, PlaceField, SeverityField } from './report.fields.tsx';
import { markPlace } from './report.mark.ts';
import { takePlace } from './report.place.ts';
import { ReportSummary } from './report.summary.tsx';
import { said } from './report.words.ts';

/** When the last report was confirmed by the service. */
export const confirmedAt = signal(0);

/** The form stands beside the map, not in front of it: a click on the map is the place. */
export function ReportPanel() {
  const { isBusy, failure, write } = useWrite();
  const heading = useRef<HTMLHeadingElement>(null);
  // before anything is drawn: the next click on the map is the place already
  useLayoutEffect(() => {
    heading.current?.focus();
    placeTaker.value = takePlace;
    const stopMarking = markPlace();
    return () => {
      placeTaker.value = undefined;
      stopMarking();
    };
  }, []);
  const missing = missingOf(draft.value);
  async function send() {
    const { id } = draft.value;
    const isThere = await write(sendDraft);
    if (isThere === undefined) return;
    clearDraft();
    if (isThere) confirmedAt.value = Date.now();
    show({ part: '', incident: isThere ? id : '' }, { isStep: true });
  }
  return (
    <form
      class="report"
      aria-label={said.title()}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0) void send();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {said.title()}
      </h2>
      <PlaceField />
      <SeverityField />
      <KindField />
      <ReportSummary />
      <LabelField />
      <More />
      <Failure text={failure.value} />
      {missing.length > 0 && (
        <p class="quiet" aria-live="polite">
          {said.missing({ what: listOf(missing.map((one) => said[one]())) })}
        </p>
      )}
      <p class="acts">
        <button type="submit" class="main" disabled={isBusy.value || missing.length > 0}>
          {said.send()}
        </button>
        <button
          type="button"
          onClick={() => {
            clearDraft();
            show({ part: '' });
          }}
        >
          {said.discard()}
        </button>
      </p>
    </form>
  );
}

function More() {
  const { accuracyMetres, when, certainty, counts, words, kind } = draft.value;
  return (
    <fieldset>
      <legend>{said.optional()}</legend>
      <div class="filters">
        <label>
          {said.accuracy()}
          <input
            type="number"
            min="0"
            max="500000"
            required
            value={accuracyMetres}
            onInput={({ currentTarget }) => change({ accuracyMetres: currentTarget.value })}
          />
        </label>
        <label>
          {said.when()}
          <input
            type="datetime-local"
            value={when}
            onInput={({ currentTarget }) => change({ when: currentTarget.value })}
          />
        </label>
        <label>
          {said.certainty()}
          <select
            value={certainty}
            onChange={({ currentTarget }) => change({ certainty: currentTarget.value as typeof certainty })}
          >
            {valuesOf('certainty').map((one) => (
              <option key={one} value={one}>
                {value('certainty', one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <fieldset class="filters">
        <legend>{said.people()}</legend>
        {(['best', 'low', 'high'] as const).map((part) => (
          <label key={part}>
            {said[part]()}
            <input
              type="number"
              min="0"
              max="1000000"
              value={counts[part]}
              onInput={({ currentTarget }) => change({ counts: { ...counts, [part]: currentTarget.value } })}
            />
          </label>
        ))}
      </fieldset>
      {(['placeText', 'description', 'accessNote'] as const)
        .filter((part) => part !== 'accessNote' || kind === 'distress')
        .map((part) => (
          <label key={part}>
            {said[part]()}
            <textarea
              dir="auto"
              rows={part === 'description' ? 3 : 1}
              maxLength={part === 'description' ? 2000 : 200}
              value={words[part]}
              onInput={({ currentTarget }) => change({ words: { ...words, [part]: currentTarget.value } })}
            />
          </label>
        ))}
      <p class="quiet">{said.noPeople()}</p>
    </fieldset>
  );
}

/** Said once the service has confirmed a report, until the next one is begun. */
export function Confirmed() {
  return (
    <p class="confirmed" role="status">
      {confirmedAt.value > 0 && said.sent({ time: clockOf(confirmedAt.value) })}
    </p>
  );
}
