import { constants, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** What was copied, by path: the time of the last change and the size. */
export type Copied = ReadonlyMap<string, string>;

const LEFT_OUT = ['postmaster.pid'];
// file systems give changes within some milliseconds the same time
const RECENT_NS = 1_000_000_000n;

/** Copies a folder in use. Files that change meanwhile are copied again by `copyRest`, during which nobody may write. */
export async function copyMost(from: string, to: string): Promise<Copied> {
  const copied = new Map<string, string>();
  const recent = BigInt(Date.now()) * 1_000_000n - RECENT_NS;
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name));
    try {
      if (entry.isDirectory()) await mkdir(join(to, path), { recursive: true, mode: 0o700 });
      if (!entry.isFile()) continue;
      const facts = await stat(join(from, path), { bigint: true });
      await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
      await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
      if (facts.mtimeNs < recent) copied.set(path, markOf(facts));
    } catch (error) {
      // a table was dropped
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return copied;
}

/** Makes the copy equal to the folder: copies what has changed, and deletes what is gone. */
export function copyRest(from: string, to: string, copied: Copied): void {
  const present = new Set<string>();
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name));
    if (LEFT_OUT.includes(path)) continue;
    present.add(path);
    if (entry.isDirectory()) mkdirSync(join(to, path), { recursive: true, mode: 0o700 });
    if (!entry.isFile()) continue;
    const facts = statSync(join(from, path), { bigint: true });
    if (copied.get(path) === markOf(facts)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE);
  }
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' }))
    if (!present.has(name)) rmSync(join(to, name), { recursive: true, force: true });
}

const markOf = ({ mtimeNs, size }: { mtimeNs: bigint; size: bigint }): string => `${mtimeNs} ${size}`;
