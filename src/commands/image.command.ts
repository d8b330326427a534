import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT } from '../db/embedded/kept.folder.ts';
import { findImage } from '../db/new.database.ts';
import { openSource } from '../db/start.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Makes a new embedded database and throws it away; its image stays beside the build. */
export async function image(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-image-'));
  try {
    if (!findImage()) await makeNew(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
  const kept = findImage();
  if (!kept) throw new Error(`No image could be written to ${KEPT}. The service starts without one, slower.`);
  say(`New embedded databases begin as ${kept}.`);
}

async function makeNew(folder: string): Promise<void> {
  const config = { TRIPOINT_DATA: folder, DATABASE_POOL_SIZE: 1, STATEMENT_TIMEOUT_SECONDS: 60 };
  const source = await openSource(config, say);
  await source.close();
}
