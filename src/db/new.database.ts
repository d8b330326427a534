import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KEPT, keepWhole, versionOf } from './embedded/kept.folder.ts';
import { type Program, thisProgram } from './program.ts';

const IMAGE = 'image-';
const PACKAGES = ['@electric-sql/pglite', '@electric-sql/pglite-postgis'];

/**
 * The files of an embedded database that was migrated and never started. What tells one database from another is made at
 * the first start: an image has none of it. Its name is a checksum of what made it, so that a stale one is not found.
 */
export function findImage(program: Program = thisProgram()): string | undefined {
  const folder = imageFolder(program);
  return existsSync(folder) ? folder : undefined;
}

/** Keeps what `copy` writes as the image, in place of stale ones. */
export async function keepImage(copy: (to: string) => Promise<void>): Promise<void> {
  const folder = imageFolder(thisProgram());
  await keepWhole(folder, copy);
  for (const name of await readdir(KEPT))
    if (name.startsWith(IMAGE) && !name.startsWith(basename(folder)))
      await rm(join(KEPT, name), { recursive: true, force: true });
}

function imageFolder({ number, oldest, migrations, schema }: Program): string {
  const files = [...migrations, ...schema].map(({ path, checksum }) => `${path} ${checksum}`);
  const maker = [...PACKAGES.map(versionOf), number, oldest, ...files].join('\n');
  return join(KEPT, IMAGE + createHash('sha256').update(maker).digest('hex').slice(0, 32));
}
