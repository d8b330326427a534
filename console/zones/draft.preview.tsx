import { computed, effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../api/request.ts';
import { Failure } from '../app/failure.tsx';
import { refusalText } from '../app/write.ts';
import { language } from '../words/language.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { fitArea } from './area.view.ts';
import { previewOf } from './draft.body.ts';
import { draft, ring } from './draft.store.ts';
import { asked } from './draft.words.ts';
import type { Preview } from './zone.answer.ts';
import { areaText, tenths } from './zone.facts.ts';
import { said } from './zone.words.ts';

/** What the service says about the area as it stands. */
export const preview = signal<Preview | undefined>(undefined);
const refused = signal('');
const isAsking = signal(false);

const question = computed(() => {
  const body = draft.value && previewOf(draft.value, ring.value);
  return body ? JSON.stringify(body) : '';
});

const PAUSE_MS = 300; // handles and keys come faster than answers are of use

/** Asks again after each change of the area. Returns the way to stop. */
function followArea(): () => void {
  let asking: AbortController | undefined;
  const forget = () => {
    asking?.abort();
    isAsking.value = false;
  };
  const end = effect(() => {
    const body = question.value;
    // refusals are in the language of the reader
    void language.value;
    forget();
    if (!body) {
      preview.value = undefined;
      refused.value = '';
      return;
    }
    const controller = new AbortController();
    asking = controller;
    isAsking.value = true;
    const timer = setTimeout(() => void askService(body, controller.signal), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return () => {
    end();
    forget();
    shownFor = '';
    preview.value = undefined;
  };
}

async function askService(body: string, aborted: AbortSignal): Promise<void> {
  try {
    const answer = await ask<Preview>('/zones/preview', {
      method: 'POST',
      body: JSON.parse(body),
      signal: aborted,
    });
    preview.value = answer.body;
    refused.value = '';
    showOnce(answer.body);
  } catch (error) {
    if (aborted.aborted) return;
    preview.value = undefined;
    refused.value = refusalText(error);
  }
  isAsking.value = false;
}

let shownFor = '';
/** A strip along another border is brought into view; one that is only moved stays where it is. */
function showOnce({ geometry }: Preview): void {
  const { source, border } = draft.peek()!;
  if (source !== 'border' || shownFor === border) return;
  shownFor = border;
  fitArea(geometry);
}

export function DraftPreview() {
  useEffect(() => followArea(), []);
  const answer = preview.value;
  return (
    <section class="preview" aria-label={asked.preview()} aria-busy={isAsking.value}>
      <h3>
        {asked.preview()} {isAsking.value && <span class="quiet">{asked.computing()}</span>}
      </h3>
      <Failure text={refused.value} />
      {answer ? (
        <Covered preview={answer} />
      ) : (
        !refused.value && !question.value && <p>{asked.incomplete()}</p>
      )}
    </section>
  );
}

function Covered({ preview: { properties } }: { preview: Preview }) {
  const { areaKm2, countries, borders, crossings, overlaps, incidentsLast90Days } = properties;
  return (
    <>
      <table aria-label={said.area()}>
        <tbody>
          {countries.map((one) => (
            <tr key={one.country}>
              <th scope="row">{value('country', one.country)}</th>
              <td>{areaText(one.areaKm2)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{asked.total()}</th>
            <td>{areaText(areaKm2)}</td>
          </tr>
        </tbody>
      </table>
      <ul class="plain">
        {borders.map(({ border, lengthKm, stretches }) => (
          <li key={border}>
            {value('border', border)}: {asked.inside({ n: tenths(lengthKm) })}
            {' · '}
            {stretches
              .map(({ fromKm, toKm }) => said.stretch({ from: tenths(fromKm), to: tenths(toKm) }))
              .join(' · ')}
          </li>
        ))}
        <RoundEnds borders={borders} />
        <li>
          {overlaps.length === 0 ? asked.noOverlaps() : `${asked.overlaps()}:`}
          <ul class="inner">
            {overlaps.map((one) => (
              <li key={one.zone}>
                <bdi>{nameIn(one.names)}</bdi> {areaText(one.areaKm2)}
              </li>
            ))}
          </ul>
        </li>
        <li>
          {crossings.length === 0 ? asked.noCrossings() : `${asked.crossings()}:`}
          <ul class="inner">
            {crossings.map(({ id, names }) => (
              <li key={id}>
                <bdi>{nameIn(names)}</bdi>
              </li>
            ))}
          </ul>
        </li>
        <li>{asked.incidents({ n: incidentsLast90Days })}</li>
      </ul>
    </>
  );
}

/** A strip ends in half discs: it reaches beyond the kilometres that were asked for. */
function RoundEnds({ borders }: { borders: Preview['properties']['borders'] }) {
  const { source, border, fromKm, toKm } = draft.value!;
  const covered = borders.find((one) => one.border === border)?.stretches;
  if (source !== 'border' || !covered?.length) return null;
  const north = Number(fromKm) - Math.min(...covered.map((one) => one.fromKm));
  const south = Math.max(...covered.map((one) => one.toKm)) - Number(toKm);
  return <li>{asked.ends({ north: tenths(Math.max(0, north)), south: tenths(Math.max(0, south)) })}</li>;
}
