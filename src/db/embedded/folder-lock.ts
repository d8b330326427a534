import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, thisMachine, thisProcess } from './folder-lock.process.ts';

export interface LockHolder extends ProcessIdentity {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** Listen address of the holder's service, once known. */
  host?: string;
  port?: number;
  /** Socket for commands, once known. */
  control?: string;
}

/** Where other processes reach the service. */
export interface ServiceAddress {
  host: string;
  port: number;
  control?: string;
}

export interface FolderLock {
  /** Writes the service's address into the lock, for other processes. */
  announce(address: ServiceAddress): Promise<void>;
  release(): Promise<void>;
}

const FILE = 'tripoint.lock';
const HEARTBEAT_MS = 2_000;
const SILENCE_MS = 6_000; // an invisible holder that has not touched its lock for this long is dead
const OLD_CLAIM_MS = 60_000;
const MOST_ATTEMPTS = 200;

/** Locks a data folder (created if missing) for the life of this process. */
export async function acquireFolderLock(path: string): Promise<FolderLock> {
  const folder = resolve(path);
  const self = {
    id: randomUUID(),
    startedAt: new Date(performance.timeOrigin).toISOString(),
    ...thisProcess(),
  };
  await explained(folder, mkdir(folder, { recursive: true, mode: 0o700 }));
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const dead = await deadLock(folder);
    if (await explained(folder, tryToAcquire(folder, self, dead))) return keep(join(folder, FILE), self);
    await sleep(5 + Math.random() * 50);
  }
  throw new Error(`The data folder ${folder} could not be locked: too many processes are trying. Try again.`);
}

/** The living process that holds the folder. */
export async function lockHolder(folder: string): Promise<LockHolder | undefined> {
  const file = join(resolve(folder), FILE);
  const content = await contentOf(file);
  return content !== undefined && (await isAlive(content, file)) ? parse(content) : undefined;
}

/** The content of a dead holder's lock; throws for a living holder. */
async function deadLock(folder: string): Promise<string | undefined> {
  const file = join(folder, FILE);
  const content = await explained(folder, contentOf(file));
  if (content === undefined || !(await isAlive(content, file))) return content;
  const { pid, startedAt, machine } = parse(content) ?? {};
  const where = machine === thisMachine() ? '' : ' of another machine or container';
  throw new Error(
    `The data folder ${folder} is in use by process ${pid}${where} (since ${startedAt}). ` +
      'Stop it first, or set TRIPOINT_DATA to another folder.',
  );
}

/**
 * Linking a complete file to the lock's name takes a free lock, which only one process can do. To replace a dead holder's
 * lock, each process first creates a claim and then looks for other claims: of two processes at least one sees the
 * other's claim and backs off, so never both replace it.
 */
async function tryToAcquire(folder: string, self: LockHolder, dead: string | undefined): Promise<boolean> {
  const lock = join(folder, FILE);
  const claim = `${lock}.${self.id}`;
  await writeFile(claim, JSON.stringify(self), { flag: 'wx', mode: 0o600 });
  try {
    if (dead === undefined) return await succeeds(link(claim, lock), 'EEXIST');
    if (await hasOtherClaims(folder, claim)) return false;
    if ((await contentOf(lock)) !== dead) return false;
    return await succeeds(rename(claim, lock), 'ENOENT');
  } finally {
    await rm(claim, { force: true });
  }
}

async function hasOtherClaims(folder: string, own: string): Promise<boolean> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => one.startsWith(`${FILE}.`))) {
    const claim = join(folder, name);
    if (claim === own) continue;
    if (await isClaimAlive(claim)) return true;
    await rm(claim, { force: true });
  }
  return false;
}

async function isClaimAlive(claim: string): Promise<boolean> {
  const holder = parse((await contentOf(claim)) ?? '');
  if (holder?.machine === thisMachine()) return isRunning(holder);
  // incomplete, or of an invisible process; a claim exists for milliseconds only
  const touched = await touchedAt(claim);
  return touched !== undefined && Math.abs(Date.now() - touched) < OLD_CLAIM_MS;
}

function keep(lock: string, self: LockHolder): FolderLock {
  const heartbeat = setInterval(
    () => void utimes(lock, new Date(), new Date()).catch(() => {}),
    HEARTBEAT_MS,
  );
  heartbeat.unref();
  const isOurs = async () => parse((await contentOf(lock)) ?? '')?.id === self.id;
  return {
    announce: async (address) => {
      const claim = `${lock}.${self.id}`;
      await writeFile(claim, JSON.stringify({ ...self, ...address }), { mode: 0o600 });
      await rename(claim, lock);
    },
    release: async () => {
      clearInterval(heartbeat);
      if (await isOurs()) await rm(lock, { force: true });
    },
  };
}

/** An invisible process (other machine or container, incomplete file) is alive while it touches its file. */
async function isAlive(content: string, file: string): Promise<boolean> {
  const holder = parse(content);
  if (holder?.machine === thisMachine()) return isRunning(holder);
  const before = await touchedAt(file);
  await sleep(SILENCE_MS);
  const after = await touchedAt(file);
  return after !== undefined && after !== before;
}

function parse(content: string): LockHolder | undefined {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

const touchedAt = (file: string) =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );

const contentOf = (file: string) =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

const succeeds = (step: Promise<void>, failure: string) =>
  step.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === failure) return false;
      throw error;
    },
  );

const explained = <T>(folder: string, step: Promise<T>): Promise<T> =>
  step.catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EEXIST' || error.code === 'ENOTDIR' ? 'it is not a folder' : error.message;
    throw new Error(
      `The data folder ${folder} cannot be used: ${reason}. Set TRIPOINT_DATA to a folder that this user may write to.`,
    );
  });
