import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isRunning,
  type ProcessIdentity,
  thisMachine,
  thisProcess,
} from '../../db/embedded/folder-lock.process.ts';

const PREFIX = 'tripoint-downloads-';
const OWNER = 'owner.json';
const NEWBORN_MS = 60_000; // a new folder without its owner file yet
const ABANDONED_MS = 86_400_000; // of a process on another host

const folders = new Map<string, string>();

/** A folder for one download, within the folder of this process. */
export const makeFolder = (parent: string): Promise<string> => mkdtemp(join(folderOf(parent), 'd-'));

/** Removes folders of dead processes, for example after a `kill -9`. */
export function removeLeftOvers(parent: string): void {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent))
    if (name.startsWith(PREFIX) && isLeftOver(join(parent, name)))
      rmSync(join(parent, name), { recursive: true, force: true });
}

/** Created at first use, removed with the process. */
function folderOf(parent: string): string {
  const known = folders.get(parent);
  if (known) return known;
  removeLeftOvers(parent);
  const self = thisProcess();
  const folder = join(parent, `${PREFIX}${self.pid}-${Date.now()}`);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, OWNER), JSON.stringify(self));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  folders.set(parent, folder);
  return folder;
}

function isLeftOver(folder: string): boolean {
  const age = Date.now() - touchedAt(folder);
  const owner = ownerOf(folder);
  if (!owner) return age > NEWBORN_MS;
  return owner.machine === thisMachine() ? !isRunning(owner) : age > ABANDONED_MS;
}

function touchedAt(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function ownerOf(folder: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, OWNER), 'utf8'));
  } catch {
    return undefined;
  }
}
