import type { ComponentChildren } from 'preact';
import { distanceOf } from '../words/measure.ts';
import { value } from '../words/values.ts';
import { listOf, nameIn } from '../words/words.ts';
import { draft } from './report.draft.ts';
import { type FoundLocation, located, swapPlace } from './report.place.ts';
import { said } from './report.words.ts';

/** What the service says about the place, before anything is saved. */
export function ReportSummary() {
  const { place } = draft.value;
  if (!place) return null;
  const found = located.value;
  const [lat, lon] = [place.lat.toFixed(5), place.lon.toFixed(5)];
  return (
    <section class="summary" aria-label={said.where()} aria-live="polite">
      <p>
        <span class="quiet">{said.understood()} </span>
        <b>{said.latLon({ lat, lon })}</b>{' '}
        <button type="button" onClick={swapPlace}>
          {said.swap()}
        </button>
      </p>
      {found && <WhereItIs {...found} />}
    </section>
  );
}

export function WhereItIs({ country, candidates, nearestBorder, zones, nearestCrossings }: FoundLocation) {
  const crossing = nearestCrossings[0];
  return (
    <dl class="facts">
      <Fact term={said.country()}>{countryText(country, candidates)}</Fact>
      <Fact term={said.segment()}>
        <bdi>{nameIn(nearestBorder.segmentNames)}</bdi>
        <span class="quiet line">
          <bdi dir="ltr">{nearestBorder.segment}</bdi>
        </span>
      </Fact>
      <Fact term={said.km()}>
        {said.kmOf({ km: nearestBorder.borderKm.toFixed(1), border: nearestBorder.border })}
        <span class="quiet"> {said.away({ distance: distanceOf(nearestBorder.distanceMetres) })}</span>
      </Fact>
      <Fact term={said.zones()}>
        {zones.length === 0
          ? said.noZone()
          : zones.map(({ id, names, relation }) => (
              <span key={id} class="line">
                <bdi>{nameIn(names, id)}</bdi> <span class="quiet">{value('zoneRelation', relation)}</span>
              </span>
            ))}
      </Fact>
      {crossing && (
        <Fact term={said.crossing()}>
          {said.at({
            name: nameIn(crossing.names, crossing.id),
            distance: distanceOf(crossing.distanceMetres),
          })}
        </Fact>
      )}
    </dl>
  );
}

export function countryText(country: string | null, candidates: readonly string[] | null): string {
  if (country === null) return said.outside();
  if (country !== 'undetermined') return value('country', country);
  return said.either({ countries: listOf((candidates ?? []).map((code) => value('country', code))) });
}

export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
