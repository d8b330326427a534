import { dryDatabase } from '../support/dry.database.ts';
import { settled, startOfFeed } from '../support/feed.ts';
import { openClient } from '../support/http.client.ts';
import { seedLabels, seedOtherSide } from '../support/label.world.ts';
import { startService } from '../support/service.ts';
import { keysOf } from './every.statement.ts';
import { readRows } from './read.rows.ts';
import { writeRows } from './write.rows.ts';

/** A service with one thing of each label of Algeria, and the rows of the matrix about them. */
export async function openMatrix() {
  const service = await startService();
  const things = await seedLabels(service, 'DZA');
  const otherSide = await seedOtherSide(service);
  for (const thing of things) thing.otherSide = otherSide;
  const client = await openClient(service.app);
  // for writes that leave nothing
  const dry = await openClient(service.appWith({ db: dryDatabase(service.db) }));
  const world = { things, keys: await keysOf(client), start: await startOfFeed(service) };
  await settled(service);
  const close = async () => {
    await client.close();
    await dry.close();
    await service.stop();
  };
  return { service, things, client, dry, reads: readRows(world), writes: writeRows(world), close };
}
export type OpenMatrix = Awaited<ReturnType<typeof openMatrix>>;
