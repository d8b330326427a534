import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/db/embedded/embedded.ts';
import { settled } from '../support/feed.ts';
import { ask, cursorOf, report } from '../support/restores.ts';
import { startService, type TestService } from '../support/service.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tripoint-put-back-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** The service on the database in a folder, during the work. */
async function during<T>(folder: string, work: (service: TestService) => Promise<T>): Promise<T> {
  const image = join(process.env.TRIPOINT_TEST_FOLDER!, 'image');
  const { connection, close } = await openEmbedded({ folder, image });
  const database = { connection, poolSize: 1, isEmbedded: true, drop: close };
  const service = await startService({ database });
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

async function reportAndAsk(service: TestService): Promise<string> {
  await report(service);
  await settled(service);
  return cursorOf(service);
}

test('a folder that was put back knows the cursors of its rows, and says that later ones are lost', async () => {
  const [folder, copy] = [join(root, 'data'), join(root, 'copy')];
  const old = await during(folder, reportAndAsk);
  await cp(folder, copy, { recursive: true });
  const newer = await during(folder, reportAndAsk);
  await rm(folder, { recursive: true });
  await cp(copy, folder, { recursive: true });
  await during(folder, async (service) => {
    expect(await ask(service, old)).toMatchObject({ status: 200, ids: [] });
    const gone = await ask(service, newer);
    expect(gone).toMatchObject({ status: 410, type: '/problems/cursor-lost' });
    const id = await report(service);
    await settled(service);
    for (const cursor of [old, gone.cursor])
      expect(await ask(service, cursor)).toMatchObject({ status: 200, ids: [id] });
  });
}, 120_000);
