import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { assess, readImpact } from '../support/impact.ts';
import { decideJoint } from '../support/proposals.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const SIDES: readonly CountryCode[] = ['DZA', 'TUN'];
const SEGMENTS = ['DZA-TUN-01', 'DZA-TUN-02', 'DZA-TUN-03'];
const random = randomNumbers(20261201);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Critical {
  segment: string;
  said: Map<CountryCode, string>;
}

/** Both approved exactly this proposal, and neither took it back. */
const isInForce = ({ said }: Critical) => SIDES.every((side) => said.get(side) === 'approve');

test('no critical level is in force that not both sides approve at that moment', async () => {
  const proposals = new Map<string, Critical>();
  for (let n = 0; n < samples(240, 60); n++) {
    countRuns();
    const country = pick(['DZA', 'TUN', 'TUN', 'DZA', 'LBY'] as const);
    if (proposals.size === 0 || random() < 0.2) await propose();
    else await decide(pick([...proposals.keys()]), country);
    for (const segment of SEGMENTS) {
      const { critical } = await readImpact(service, 'DZA', segment);
      const inForce = [...proposals].filter(([, one]) => one.segment === segment && isInForce(one));
      expect(critical === null).toBe(inForce.length === 0);
      if (critical) expect(inForce.map(([id]) => id)).toContain(critical.id);
    }
  }

  async function propose(): Promise<void> {
    const segment = pick(SEGMENTS);
    const role = pick(['operator', 'coordinator'] as const);
    const id = await assess(service, pick(SIDES), segment, { level: 'critical' }, role);
    // what an operator proposed is no joint proposal yet
    if (role === 'coordinator') proposals.set(id, { segment, said: new Map() });
    else
      await service.api
        .get(`/v1/proposals/${id}`)
        .set(as(keyOf('DZA', 'reader')))
        .expect(404);
  }

  async function decide(id: string, country: CountryCode): Promise<void> {
    const decision = random() < 0.75 ? 'approve' : pick(['refuse', 'withdraw']);
    const { status } = await decideJoint(service, id, country, { decision, reason: 'By chance.' });
    if (status === 201) proposals.get(id)!.said.set(country, decision);
    if (country === 'LBY') expect(status).toBe(404);
  }
});
