import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { aSquare } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { callerOf } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { type ProcedureVersion, proposeVersion } from '../support/procedures.ts';
import { decideJoint } from '../support/proposals.ts';
import { randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';
import { startService, type TestService } from '../support/service.ts';

const random = randomNumbers(20261130);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

type Decision = 'approve' | 'refuse' | 'withdraw';

/** A version, with the decisions that were accepted. */
interface Known extends ProcedureVersion {
  said: [CountryCode, Decision][];
}

const approves = ({ said }: Known, country: CountryCode): boolean =>
  said.findLast(([one]) => one === country)?.[1] === 'approve';
const wasAgreed = ({ participants, said }: Known): boolean =>
  participants.every((country) => said.some(([one, decision]) => one === country && decision === 'approve'));

/** What the rules of consent say, without a look at the database. */
function stateOf(version: Known, all: readonly Known[]): string {
  const end = version.said.find(([, decision]) => decision !== 'approve')?.[1];
  if (end) return end === 'refuse' ? 'refused' : 'withdrawn';
  if (!wasAgreed(version)) return 'proposed';
  return all.some((one) => one.version > version.version && wasAgreed(one)) ? 'replaced' : 'inForce';
}

async function placeOf(owner: CountryCode): Promise<string> {
  if (random() < 0.3) return pick(['/crossings/bouchebka', '/crossings/ras-ajdir', '/segments/DZA-LBY-03']);
  const participants = COUNTRY_CODES.filter((country) => country === owner || random() < 0.6);
  const zone = await agreeZone(service.api, owner, {
    geometry: aSquare([9.4, 30.2]),
    participants,
    tlp: 'AMBER+STRICT',
  });
  return `/zones/${zone.id}`;
}

const seenBy = async (country: CountryCode, id: string): Promise<ProcedureVersion[]> =>
  (
    await service.api
      .get(`/v1/procedures?procedure=${id}&limit=1000`)
      .set(callerOf(country, 'reader').headers)
      .expect(200)
  ).body.procedures;

test('no version is in force without the approval of every participant, and followers know the same', async () => {
  const runs = samples(60, 8);
  for (let n = 0; n < runs; n++) {
    countRuns();
    const feeds = await Promise.all(
      COUNTRY_CODES.map((country) =>
        follow(service, callerOf(country, 'reader'), '&include=feature&collections=procedures'),
      ),
    );
    const place = await placeOf(pick(COUNTRY_CODES));
    const versions: Known[] = [];
    for (let turn = 0; turn < 12; turn++) {
      const country = pick(COUNTRY_CODES);
      const [first] = versions;
      if (!first || random() < 0.2) {
        const path = first ? `/procedures/${first.id}/versions` : `${place}/procedures`;
        const { status, body } = await proposeVersion(service, country, path);
        if (status === 201) versions.push({ ...body, said: [] });
        else expect([403, 404]).toContain(status);
      } else {
        const version = pick(versions);
        // mostly approvals, or nothing would ever be agreed
        const decision = random() < 0.8 ? 'approve' : pick(['refuse', 'withdraw'] as const);
        const { status } = await decideJoint(service, version.proposal, country, {
          decision,
          reason: 'By chance.',
        });
        if (status === 201) version.said.push([country, decision]);
      }
      if (versions.length === 0) continue;
      const shown = await seenBy(versions[0]!.participants[0]!, versions[0]!.id);
      expect(shown.map(({ state }) => state)).toEqual(versions.map((one) => stateOf(one, versions)));
      for (const { version, state, participants } of shown)
        if (state === 'inForce')
          expect(participants.filter((one) => !approves(versions[version - 1]!, one))).toEqual([]);
      expect(shown.filter(({ state }) => state === 'inForce').length).toBeLessThan(2);
    }
    for (const [i, country] of COUNTRY_CODES.entries()) {
      const copy = new Map(
        (await feeds[i]!.news()).map(({ id, feature }) => [id, feature?.properties?.state]),
      );
      const known = versions[0] ? await seenBy(country, versions[0].id) : [];
      expect(known.length).toBe(versions[0]?.participants.includes(country) ? versions.length : 0);
      expect(Object.fromEntries(copy)).toEqual(
        Object.fromEntries(known.map(({ id, version, state }) => [`${id}/${version}`, state])),
      );
    }
  }
});
