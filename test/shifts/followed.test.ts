import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANYBODY, callerOf, type NamedCaller } from '../support/callers.ts';
import { type Change, follow } from '../support/feed.ts';
import { openClient } from '../support/http.client.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';
import { COMING, LEAVING, OTHER, shiftSteps } from '../support/shifts.ts';
import { openStream, type TestStream } from '../support/stream.ts';

let service: TestService;
let steps: ReturnType<typeof shiftSteps>;
beforeAll(async () => {
  service = await startService();
  steps = shiftSteps(service);
});
afterAll(() => service.stop());

const second = agencyOf(keyOf('TUN', 'reporter', { second: true }));
const NEIGHBOUR: NamedCaller = {
  name: 'neighbour',
  headers: OTHER,
  country: 'TUN',
  agency: second,
  roles: [],
};
const OWN = callerOf('TUN', 'reader');
const QUERY = '&include=feature&collections=shifts,shift-notes';
const short = (changes: Change[]) =>
  changes.map(({ collection, op, feature }) => [collection, op, feature?.properties?.state ?? null]);

/** A shift from its opening to its end. */
async function live(): Promise<string> {
  const { id } = await steps.open();
  await steps.note(id, 'All quiet.');
  await steps.offer(id);
  await steps.withdraw(id).expect(204);
  await steps.offer(id);
  await steps.confirm(id, 2, COMING).expect(200);
  return id;
}

describe('on the change feed', () => {
  test('a shift and its notes come to its agency and to nobody else', async () => {
    const others = [NEIGHBOUR, callerOf('TUN', 'auditor'), callerOf('DZA', 'auditor'), ANYBODY];
    const own = await follow(service, OWN, QUERY);
    const feeds = await Promise.all(others.map((caller) => follow(service, caller, QUERY)));
    const id = await live();
    const news = await own.news();
    // each feature as it is now
    expect(short(news)).toEqual([
      ['shifts', 'upsert', 'closed'],
      ['shift-notes', 'upsert', null],
      ...Array(4).fill(['shifts', 'upsert', 'closed']),
    ]);
    const { body } = await steps.get(`/${id}`, LEAVING).expect(200);
    const { id: _, ...properties } = body;
    expect(news.at(-1)!.feature).toEqual({ type: 'Feature', id, geometry: null, properties });
    expect(news[1]!.feature!.properties).toMatchObject({ shift: id, text: 'All quiet.' });
    const [neighbour, auditor, ...rest] = await Promise.all(feeds.map((feed) => feed.news()));
    // the auditor is one of the agency itself
    expect(short(auditor!)).toEqual(short(news));
    expect([neighbour, ...rest]).toEqual([[], [], []]);
  });
});

describe('on the stream', () => {
  test('the same comes at once', async () => {
    const client = await openClient(service.app);
    const query = '?include=feature&collections=shifts,shift-notes';
    const [own, neighbour] = (await Promise.all(
      [OWN, NEIGHBOUR].map(({ headers }) => openStream({ port: client.port, query, headers })),
    )) as [TestStream, TestStream];
    const id = await live();
    const isClosed = ({ id: one, feature }: Change) => one === id && feature?.properties?.state === 'closed';
    await own.until((stream) => stream.changes().some(isClosed));
    expect(neighbour.changes()).toEqual([]);
    for (const stream of [own, neighbour]) stream.close();
    await client.close();
  });
});
