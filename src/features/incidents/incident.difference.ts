import { z } from 'zod';
import { inBody, invalidInput } from '../../core/problem.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { check } from '../../http/input.errors.ts';
import type { FeatureInput } from '../../ogc/edit/editor.ts';
import { isSame } from '../../ogc/edit/same.value.ts';
import { Accuracy, Certainty, Counts, Severity, State } from './incident.schema.ts';
import type { NewReport } from './report.schema.ts';
import type { StoredIncident } from './report.store.ts';

const SHOWN_DEGREES = 1e-6; // precision of answered positions

/** Properties that reports may change. */
const Change = z.object({
  geometry: PointGeometry.nullish(),
  properties: z.looseObject({
    severity: Severity.optional(),
    certainty: Certainty.optional(),
    counts: Counts.optional(),
    state: State.optional(),
    horizontalAccuracyMetres: Accuracy.optional(),
  }),
});

/** The report that turns an incident into the requested content, or undefined if it already is. */
export function reportOf(
  { geometry, properties }: FeatureInput,
  current: StoredIncident,
): NewReport | undefined {
  const change = check(Change, { geometry, properties }, 'body') as z.output<typeof Change>;
  const { severity, certainty, counts, state, horizontalAccuracyMetres, ...fixed } = change.properties;
  refuseFixed(fixed, current);
  const was: Record<string, unknown> = { counts: {}, ...current.content, state: current.state };
  const said = { severity, certainty, counts, state, horizontalAccuracyMetres };
  const news: [string, unknown][] = Object.entries(said).filter(
    ([name, value]) => value !== undefined && !isSame(value, was[name]),
  );
  if (change.geometry && isElsewhere(change.geometry.coordinates, current.at))
    news.push(['geometry', change.geometry]);
  return news.length > 0 ? Object.fromEntries(news) : undefined;
}

/** A change may name some counts, but a report states all of them. */
export function withCounts(wanted: FeatureInput, { content }: StoredIncident): FeatureInput {
  const { counts } = wanted.properties;
  const cleared = ['best', 'low', 'high'].filter((name) => wanted.cleared.has(`counts${capital(name)}`));
  if (counts === undefined && cleared.length === 0) return wanted;
  const all = Object.entries({ ...content.counts, ...(counts as object) });
  const left = Object.fromEntries(all.filter(([name]) => !cleared.includes(name)));
  return { ...wanted, properties: { ...wanted.properties, counts: left } };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const LABEL = ['tlp', 'releasableTo'];

/** Properties of the first report are fixed; repeating them is allowed. */
function refuseFixed(given: Record<string, unknown>, { content }: StoredIncident): void {
  const was: Record<string, unknown> = content;
  const changed = Object.keys(given).filter((name) => !isSame(given[name], was[name]));
  if (changed.length === 0) return;
  const faults = changed.map((name) =>
    inBody(`properties.${name}`, LABEL.includes(name) ? 'label-by-release' : 'said-once'),
  );
  throw invalidInput(faults, 422);
}

const isElsewhere = (position: readonly number[], at: readonly number[]): boolean =>
  position.some((degrees, axis) => Math.abs(degrees - at[axis]!) >= SHOWN_DEGREES);
