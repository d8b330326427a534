import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { type Labelled, maySee } from '../support/audience.oracle.ts';
import { positionOf } from '../support/builders.reference.ts';
import { aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { randomNumbers } from '../support/random.ts';
import { releaseSteps } from '../support/release.ts';
import { countRuns, samples } from '../support/runs.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';
import { eastOf, subscriptionSteps, triggersOf } from '../support/subscriptions.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const { lon, lat } = positionOf('bouchebka');
const SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'];
// distress is closed with an outcome only
const KINDS = ['fire', 'flood', 'health_event'];
/** From the crossing, to the east. The zone ends 4,557 m from it; no distance is so near an edge that the figure of the earth matters. */
const METRES = [1000, 4000, 4750, 5150, 5600, 8000];
const ZONE_METRES = 4557;

const LABELS = [
  { tlp: 'GREEN', releasableTo: [] },
  { tlp: 'AMBER', releasableTo: ['DZA'] },
  { tlp: 'AMBER+STRICT', releasableTo: [] },
];

interface Incident extends Labelled {
  kind: string;
  severity: string;
  state: string;
  metres: number;
  accuracy: number;
}
interface Wanted {
  id: string;
  country: CountryCode;
  place: 'zone' | 'crossing' | 'filter' | 'anywhere';
  withinMetres: number;
  kinds: string[] | null;
  minimumSeverity: string | null;
  /** Incidents that are in and have not left. */
  inside: Set<string>;
  created: Set<string>;
}

const viewer = (country: CountryCode) => ({
  country,
  agency: agencyOf(keyOf(country, 'operator')),
  roles: [],
});
const outsideBy = ({ place, withinMetres }: Wanted, { metres }: Incident) =>
  metres - (place === 'zone' ? ZONE_METRES : withinMetres);
function isIn(wanted: Wanted, incident: Incident): boolean {
  if (wanted.place === 'anywhere') return true;
  if (wanted.place === 'filter') return incident.kind === 'fire' && incident.severity !== 'minor';
  return outsideBy(wanted, incident) < 0;
}
const hasLeft = (wanted: Wanted, incident: Incident) =>
  wanted.place === 'filter' || outsideBy(wanted, incident) > Math.max(250, incident.accuracy);
const isAskedFor = ({ kinds, minimumSeverity }: Wanted, { kind, severity }: Incident) =>
  (!kinds || kinds.includes(kind)) &&
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimumSeverity ?? 'minor');

/** The triggers that one write raises for a subscription. */
function toldOf(wanted: Wanted, id: string, now: Incident, before?: Incident): string[] {
  const caller = viewer(wanted.country);
  if (!maySee(caller, now)) return [];
  const isNews = !before || !maySee(caller, before);
  const told: string[] = [];
  const isThere = isIn(wanted, now);
  if (isThere && isAskedFor(wanted, now)) {
    const ends = now.state === 'closed' && before?.state !== 'closed';
    if (!isNews) told.push(ends ? 'closed' : 'updated');
    if (isNews && !wanted.created.has(id)) told.push('created');
    if (isNews) wanted.created.add(id);
    if (!wanted.inside.has(id)) told.push('enter');
    wanted.inside.add(id);
  }
  if (!isThere && wanted.inside.has(id) && hasLeft(wanted, now)) {
    wanted.inside.delete(id);
    told.push('leave');
  }
  return told;
}

test('random writes raise the alerts of a naive evaluation of the subscriptions', async () => {
  const steps = subscriptionSteps(service);
  const { release } = releaseSteps(service);
  const next = randomNumbers(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const zone = await agreeZone(service.api, 'TUN', { geometry: aSquare([lon, lat], 0.05), tlp: 'GREEN' });
  const subscribed: Wanted[] = [];
  for (let n = 0; n < 24; n++) {
    const place = pick(['zone', 'crossing', 'filter', 'anywhere'] as const);
    const wanted = {
      country: pick(COUNTRY_CODES),
      place,
      withinMetres: 5000,
      kinds: next() < 0.3 ? [pick(KINDS), pick(KINDS)] : null,
      minimumSeverity: next() < 0.3 ? pick(SEVERITIES) : null,
    };
    const { country, kinds, minimumSeverity } = wanted;
    const where = {
      zone: { zone: zone.id },
      crossing: { crossing: 'bouchebka', withinMetres: 5000 },
      filter: { filter: "kind = 'fire' AND severity <> 'minor'" },
      anywhere: {},
    }[place];
    const triggers = ['enter', 'leave', 'created', 'updated', 'closed'];
    const id = await steps.subscribe(country, { ...where, kinds, minimumSeverity, triggers });
    subscribed.push({ ...wanted, id, inside: new Set(), created: new Set() });
  }
  const incidents = new Map<string, Incident>();
  const expected: string[] = [];
  /** One alert for each write and agency, whatever number of subscriptions and triggers. */
  const raised: string[] = [];
  for (let n = 0; n < samples(120, 50); n++) {
    const [id, before] = pick([...incidents, undefined]) ?? [];
    const now: Incident = before
      ? { ...before }
      : {
          owner: 'TUN',
          agency: agencyOf(keyOf('TUN', 'reporter')),
          ...pick(LABELS),
          kind: pick(KINDS),
          severity: pick(SEVERITIES),
          state: 'open',
          metres: pick(METRES),
          accuracy: 50,
        };
    let written = id;
    if (!before || !id) {
      const { kind, severity, tlp, releasableTo, metres } = now;
      const at = eastOf([lon, lat], metres);
      written = await steps.report({ at, kind, severity, tlp, releasableTo, horizontalAccuracyMetres: 50 });
    } else {
      const change = pick(['move', 'move', 'severity', 'label', 'close']);
      if (change === 'move') {
        const metres = pick(METRES.filter((one) => one !== before.metres));
        Object.assign(now, { metres, accuracy: pick([50, 400]) });
        await steps.move(id, eastOf([lon, lat], now.metres), now.accuracy);
      } else if (change === 'severity') {
        now.severity = pick(SEVERITIES.filter((one) => one !== before.severity));
        await steps.add(id, { severity: now.severity });
      } else if (change === 'label') {
        const label = pick(LABELS.filter((one) => one.tlp !== before.tlp));
        Object.assign(now, label);
        expect((await release(id, label)).status).toBe(200);
      } else if (before.state === 'open') {
        now.state = 'closed';
        await steps.add(id, { state: 'closed' });
      } else continue;
    }
    await steps.tell();
    countRuns();
    incidents.set(written!, now);
    const alerted = new Set<CountryCode>();
    for (const wanted of subscribed)
      for (const trigger of toldOf(wanted, written!, now, before)) {
        expected.push(`${wanted.id} ${written} ${trigger}`);
        alerted.add(wanted.country);
      }
    for (const country of alerted) raised.push(`${country} ${written}`);
  }
  const told: string[] = [];
  for (const { id, country } of subscribed)
    for (const alert of await steps.alerts(country, id))
      for (const trigger of triggersOf(alert, id)) told.push(`${id} ${alert.properties.incident} ${trigger}`);
  // alerts about what the agency does not see any more are hidden
  const countryOf = new Map(subscribed.map(({ id, country }) => [id, country]));
  const visible = expected.filter((line) => {
    const [subscription, incident] = line.split(' ') as [string, string];
    return maySee(viewer(countryOf.get(subscription)!), incidents.get(incident)!);
  });
  expect(told.sort()).toEqual(visible.sort());
  const alerts = new Map<string, string>();
  for (const { id, country } of subscribed)
    for (const alert of await steps.alerts(country, id))
      alerts.set(alert.id, `${country} ${alert.properties.incident}`);
  const shown = raised.filter((line) => {
    const [country, incident] = line.split(' ') as [CountryCode, string];
    return maySee(viewer(country), incidents.get(incident)!);
  });
  expect([...alerts.values()].sort()).toEqual(shown.sort());
  expect(new Set(told.map((line) => line.split(' ')[2]))).toEqual(
    new Set(['enter', 'leave', 'created', 'updated', 'closed']),
  );
}, 120_000);
