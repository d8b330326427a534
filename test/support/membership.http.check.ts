import { expect } from '@jest/globals';
import { everyone, type KnownCaller, maySee } from './audience.oracle.ts';
import type { Truth } from './membership.check.ts';
import type { Relation } from './membership.oracle.ts';
import { as, type TestService } from './service.ts';

type Zone = Truth['zones'][number];

/** Participants see a zone whatever its label, but for RED. */
export const seesZone = (caller: KnownCaller, zone: Zone): boolean =>
  maySee(caller, zone) || (zone.tlp !== 'RED' && zone.participants.includes(caller.country));

interface Answer {
  id: string;
  properties: { zoneRelation: string; occurredAt: string };
}

/** Asks for the incidents of every zone, each time as the next caller in turn, and holds the answers against the truth. */
export async function expectTrueAnswers(service: TestService, truth: Truth): Promise<void> {
  for (const [n, zone] of truth.zones.entries()) {
    const caller = everyone[n % everyone.length]!;
    const ask = (match: string) =>
      service.api.get(`/v1/zones/${zone.id}/incidents`).query({ match, limit: 10_000 }).set(as(caller.key));
    if (!seesZone(caller, zone)) {
      await ask('point').expect(404);
      continue;
    }
    const possible: Answer[] = (await ask('possible').expect(200)).body.features;
    const point: Answer[] = (await ask('point').expect(200)).body.features;
    expect(faultsOf(truth, zone, caller, possible)).toEqual([]);
    expect(point).toEqual(possible.filter(({ properties }) => properties.zoneRelation !== 'possible'));
    expectNewestFirst(possible);
  }
}

function faultsOf(truth: Truth, zone: Zone, caller: KnownCaller, answers: readonly Answer[]): string[] {
  const relations = new Map(answers.map(({ id, properties }) => [id, properties.zoneRelation]));
  const visible = truth.incidents.filter((incident) => maySee(caller, incident));
  const wrong = visible.filter(({ id }) => {
    const is = (relations.get(id) ?? 'none') as Relation;
    return !truth.relation(zone, id).includes(is);
  });
  const seen = new Set(visible.map(({ id }) => id));
  const hidden = answers.filter(({ id }) => !seen.has(id));
  return [...wrong, ...hidden].map(({ id }) => `${id} in ${zone.id}: ${relations.get(id) ?? 'none'}`);
}

function expectNewestFirst(answers: readonly Answer[]): void {
  const keys = answers.map(({ id, properties }) => `${Date.parse(properties.occurredAt)} ${id}`);
  expect(keys).toEqual([...keys].sort().reverse());
}
