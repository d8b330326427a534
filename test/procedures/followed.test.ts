import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { feedUpkeep } from '../../src/exchange/feed/feed.upkeep.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { agreeChange, agreeZone } from '../support/builders.zones.ts';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { follow } from '../support/feed.ts';
import { agreedVersion, proposedVersion } from '../support/procedures.ts';
import { decideJoint } from '../support/proposals.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const [DZA, LBY, TUN] = (['DZA', 'LBY', 'TUN'] as const).map((country) => callerOf(country, 'reader')) as [
  NamedCaller,
  NamedCaller,
  NamedCaller,
];
const followAll = (...callers: NamedCaller[]) =>
  Promise.all(callers.map((caller) => follow(service, caller, '&include=feature&collections=procedures')));
type Feed = Awaited<ReturnType<typeof follow>>;
const newsOf = (feeds: Feed[]) =>
  Promise.all(
    feeds.map(async (feed) =>
      (await feed.news()).map(({ op, feature }) => [
        op,
        feature?.properties?.version,
        feature?.properties?.state,
      ]),
    ),
  );
const tick = () => feedUpkeep(service.db).tellTime();
/** As if its time were now, without its triggers. */
const move = (proposal: string, change: 'valid_from' | 'valid_to' | 'open_until') =>
  asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.procedure_version SET
          valid_from = CASE ${change}::text WHEN 'valid_from' THEN clock_timestamp() ELSE valid_from END,
          valid_to = CASE ${change}::text WHEN 'valid_to' THEN clock_timestamp() ELSE valid_to END,
          open_until = CASE ${change}::text WHEN 'open_until' THEN clock_timestamp() ELSE open_until END
        FROM quiet WHERE proposal = ${proposal}`,
  );

test('each change of a procedure comes to its participants and to nobody else', async () => {
  const feeds = await followAll(DZA, TUN, LBY, ANYBODY);
  const { id, proposal } = await proposedVersion(service, 'TUN', '/crossings/bouchebka/procedures');
  const both = (...said: unknown[]) => [said, said, [], []];
  expect(await newsOf(feeds)).toEqual(both(['upsert', 1, 'proposed']));
  await decideJoint(service, proposal, 'DZA').expect(201);
  expect(await newsOf(feeds)).toEqual(both());
  await decideJoint(service, proposal, 'TUN').expect(201);
  expect(await newsOf(feeds)).toEqual(both(['upsert', 1, 'inForce']));
  await agreedVersion(service, 'DZA', `/procedures/${id}/versions`);
  const [news] = await newsOf(feeds);
  expect(news!.toSorted()).toEqual([
    ['upsert', 1, 'replaced'],
    ['upsert', 2, 'inForce'],
    ['upsert', 2, 'inForce'],
  ]);
});

test('time alone is news: a procedure takes effect, is over, or was not approved in time', async () => {
  const coming = await agreedVersion(service, 'TUN', '/crossings/bouchebka/procedures', {
    validFrom: '2098-01-01',
  });
  const ending = await agreedVersion(service, 'TUN', '/segments/DZA-TUN-03/procedures', {
    validTo: '2098-01-01',
  });
  const waiting = await proposedVersion(service, 'TUN', '/segments/DZA-TUN-04/procedures');
  await tick();
  const feeds = await followAll(DZA, LBY);
  await move(coming.proposal, 'valid_from');
  await move(ending.proposal, 'valid_to');
  await move(waiting.proposal, 'open_until');
  await tick();
  await tick(); // a second process does the same: nothing comes twice
  const [own, others] = await newsOf(feeds);
  expect(own!.map(([, , state]) => state).toSorted()).toEqual(['expired', 'inForce', 'over']);
  expect(others).toEqual([]);
});

test('a participant that leaves the zone loses its procedures, and one that returns gets them back', async () => {
  const zone = await agreeZone(service.api, 'TUN', { tlp: 'AMBER+STRICT' });
  const { id } = await agreedVersion(service, 'TUN', `/zones/${zone.id}/procedures`);
  const feeds = await followAll(DZA, TUN, LBY);
  await agreeChange(service.api, 'TUN', zone.id, { properties: { participants: ['TUN'] } });
  await service.api.get(`/v1/procedures/${id}`).set(DZA.headers).expect(404);
  expect((await newsOf(feeds)).map((news) => news.map(([op]) => op))).toEqual([['remove'], ['upsert'], []]);
  await agreeChange(service.api, 'TUN', zone.id, { properties: { participants: ['DZA', 'TUN'] } });
  await service.api.get(`/v1/procedures/${id}`).set(DZA.headers).expect(200);
  const [back] = await newsOf(feeds);
  expect(back).toContainEqual(['upsert', 1, 'inForce']);
});
