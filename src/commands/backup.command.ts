import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Config, loadConfig } from '../config.ts';
import { askForBackup } from '../db/embedded/control.socket.ts';
import { restoreFolder } from '../db/embedded/embedded.backup.ts';
import { lockHolder } from '../db/embedded/folder-lock.ts';
import { serverOf } from '../db/start.ts';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** A consistent copy of the embedded database, by the service that runs on it, or without one. */
export async function backup(file: string, config: Config = loadConfig()): Promise<void> {
  const folder = embeddedFolder(config);
  if (await stat(file).catch(() => undefined)) throw new Error(`${file} exists already. Name a new file.`);
  const holder = await lockHolder(folder);
  if (!holder) await backUpAtRest(folder, file);
  else if (holder.control) await save(await askForBackup(holder.control), file);
  else throw new Error(`Process ${holder.pid} uses ${folder} without serving yet. Try again.`);
  const { size } = await stat(file);
  say(`Backed up ${folder} to ${file}, ${size} bytes. Keep it as secret as the database.`);
}

/** Puts a backup into the new folder that TRIPOINT_DATA names. */
export async function restore(file: string, config: Config = loadConfig()): Promise<void> {
  const folder = embeddedFolder(config);
  await restoreFolder(file, folder);
  say(
    `Restored ${file} to ${folder}. The service starts closed: run tripoint restored first (docs/operations.md).`,
  );
}

function embeddedFolder(config: Config): string {
  if (serverOf(config))
    throw new Error(
      'This command is for the embedded database. A server has pg_dump and pgBackRest: docs/operations.md',
    );
  if (config.TRIPOINT_DATA === 'memory')
    throw new Error('The database in memory has no folder. Set TRIPOINT_DATA.');
  return config.TRIPOINT_DATA;
}

async function backUpAtRest(folder: string, file: string): Promise<void> {
  // opening a missing folder would make an empty database, whose backup is worth nothing
  if (!(await stat(join(folder, 'database')).catch(() => undefined)))
    throw new Error(`There is no database in ${folder}. Set TRIPOINT_DATA to the folder of the service.`);
  const { openEmbedded } = await import('../db/embedded/embedded.ts');
  const embedded = await openEmbedded({ folder });
  try {
    await save(await embedded.backUp(), file);
  } finally {
    await embedded.close();
  }
}

/** The file has its name only once it is whole. */
async function save(backUp: Readable, file: string): Promise<void> {
  const draft = `${file}.new`;
  try {
    await pipeline(backUp, createWriteStream(draft, { mode: 0o600 }));
    const written = await open(draft, 'r');
    await written.sync().finally(() => written.close());
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
