import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { anIncident, aSquare } from '../support/builders.ts';
import { coordinatorOf, releaseSteps } from '../support/release.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const AT: [number, number] = [9.3, 32.2];
const ROUNDS = 15;
const READERS = 4;

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
let server: Server;
beforeAll(async () => {
  service = await startService();
  server = service.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  service.api = supertest(server);
  steps = releaseSteps(service);
});
afterAll(async () => {
  server.close();
  await service.stop();
});

// Between the answer to a change and the next change, a reader sees either all or nothing, as the label says.
test('after a narrower label no request sees the row, despite concurrent reads', async () => {
  const geometry = aSquare(AT);
  const participants = ['DZA', 'LBY', 'TUN'];
  const zone = await steps.makeZone('TUN', { geometry, participants });
  const id = await steps.create('/incidents', anIncident({ at: AT }));
  await steps.create(`/incidents/${id}/reports`, { text: 'Seen.' });
  const reader = as(keyOf('LBY', 'reader'));
  const paths = [
    `/incidents/${id}`,
    `/incidents/${id}/reports`,
    `/incidents?within=${zone}`,
    `/zones/${zone}/incidents`,
  ];
  const sees = async (path: string) => {
    const { status, text } = await service.api.get(`/v1${path}`).set(reader);
    return status === 200 && text.includes(id);
  };

  let round = 0;
  let reads = 0;
  const wrong: object[] = [];
  // odd rounds are released, even ones are not; while a change is under way both are right
  const state = { isReleased: false, isChanging: false };
  const read = async (n: number) => {
    while (round < ROUNDS) {
      const path = paths[(n + reads++) % paths.length]!;
      const before = { ...state, round };
      const isSeen = await sees(path);
      const isSettled = !before.isChanging && before.round === round && !state.isChanging;
      if (isSettled && isSeen !== before.isReleased) wrong.push({ path, isSeen, round });
    }
  };
  const change = async () => {
    for (; round < ROUNDS; round++) {
      const isReleased = round % 2 === 0;
      state.isChanging = true;
      const label = isReleased ? { tlp: 'AMBER', releasableTo: ['LBY'] } : { tlp: 'AMBER+STRICT' };
      const { status } = await service.api
        .post('/v1/release')
        .set(coordinatorOf('TUN'))
        .send({ collection: 'incidents', id, ...label });
      expect(status).toBe(200);
      Object.assign(state, { isReleased, isChanging: false });
      for (const path of paths)
        if ((await sees(path)) !== isReleased) wrong.push({ path, round, after: true });
    }
  };
  await Promise.all([change(), ...Array.from({ length: READERS }, (_, n) => read(n))]);
  expect(wrong).toEqual([]);
  expect(reads).toBeGreaterThan(ROUNDS * READERS);
});

test('two concurrent label changes are serialised, and both are in the log', async () => {
  const id = await steps.create('/incidents', anIncident());
  const labels = [{ tlp: 'GREEN' }, { tlp: 'CLEAR' }, { tlp: 'AMBER', releasableTo: ['DZA'] }];
  const answers = await Promise.all(labels.map((label) => steps.release(id, label)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const details = answers.map(({ entries }) => entries[0]!.detail!.split(' → '));
  // each one starts from what another left
  const starts = details.map(([from]) => from).sort();
  const ends = details.map(([, to]) => to);
  const { body } = await service.api.get(`/v1/incidents/${id}`).set(coordinatorOf('TUN'));
  const final = [body.properties.tlp, ...body.properties.releasableTo].join(' ');
  expect(starts).toEqual(['AMBER+STRICT', ...ends.filter((end) => end !== final)].sort());
});
