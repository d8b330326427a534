import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { syncTree } from './embedded.storage.ts';

const isBuild = import.meta.url.endsWith('.js');

/** Of the build: folders that spare a start what each start would do again. Whatever is missing there is made again. */
export const KEPT = join(import.meta.dirname, isBuild ? '../../../embedded' : '../../../dist/embedded');

/** Makes a folder as a whole or not at all: another process may do the same, and a power cut come between. */
export async function keepWhole(folder: string, fill: (draft: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await fill(draft);
    syncTree(draft);
    await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  const file = createRequire(import.meta.url).resolve(name);
  return JSON.parse(readFileSync(join(dirname(file), '../package.json'), 'utf8')).version;
}
