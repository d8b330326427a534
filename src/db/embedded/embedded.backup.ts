import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create, extract } from 'tar';
import { syncTree } from './embedded.storage.ts';
import { type Copied, copyMost } from './folder.copy.ts';
import { acquireFolderLock } from './folder-lock.ts';

const DATABASE = 'database';
const UNFINISHED = 'database.restoring';
const COPY = /^backup-[0-9a-f-]{36}$/;
const PIECE_BYTES = 2 ** 20;

/** A copy of the database that lacks what has changed meanwhile. */
export interface CopyRequest {
  to: string;
  copied: Copied;
}

/**
 * A gzipped tar of the database. Most files are copied while statements run; `finish` copies the rest between two statements.
 * The copy lies in the data folder until the stream has ended.
 */
export async function backUpFolder(
  folder: string,
  finish: (copy: CopyRequest) => Promise<void>,
): Promise<Readable> {
  const copy = join(folder, `backup-${randomUUID()}`);
  const remove = () => rm(copy, { recursive: true, force: true });
  try {
    const to = join(copy, DATABASE);
    await finish({ to, copied: await copyMost(join(folder, DATABASE), to) });
  } catch (error) {
    await remove();
    throw error;
  }
  const pack = create({ gzip: true, cwd: copy, portable: true, maxReadSize: PIECE_BYTES }, [DATABASE]);
  return Readable.from(pack as unknown as AsyncIterable<Buffer>).once('close', () => void remove());
}

/** Removes copies of backups that a crash left behind. */
export async function removeCopies(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (COPY.test(name)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Puts a backup into a new folder. It has no nonce there: the service starts closed. */
export async function restoreFolder(file: string, path: string): Promise<void> {
  const folder = resolve(path);
  await stat(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  const lock = await acquireFolderLock(folder);
  try {
    if ((await readdir(folder)).some((name) => !name.startsWith('tripoint.lock')))
      throw new Error(`The folder ${folder} is not empty. Set TRIPOINT_DATA to a new folder.`);
    await unpack(file, folder);
  } finally {
    await lock.release();
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  const unfinished = join(folder, UNFINISHED);
  await mkdir(unfinished, { mode: 0o700 });
  const broken = (cause?: unknown) => {
    throw new Error(`${file} is not a whole backup of an embedded database (tripoint backup).`, { cause });
  };
  await pipeline(createReadStream(file), extract({ cwd: unfinished, strip: 1, strict: true })).catch(broken);
  if (!(await stat(join(unfinished, 'PG_VERSION')).catch(() => undefined))) broken();
  syncTree(unfinished);
  await rename(unfinished, join(folder, DATABASE));
  syncTree(folder);
}
