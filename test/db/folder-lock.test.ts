import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { acquireFolderLock, type LockHolder, lockHolder } from '../../src/db/embedded/folder-lock.ts';
import { eventually } from '../support/eventually.ts';

const MODULE = new URL('../../src/db/embedded/folder-lock.ts', import.meta.url).href;
// tries to lock each folder that it is sent, and answers how that went
const CHILD = `
  const { acquireFolderLock } = await import('${MODULE}');
  process.on('message', (folder) => acquireFolderLock(folder)
    .then(() => 'held', (error) => error.message)
    .then((answer) => process.send(answer)));
  process.send('ready');`;

const children: ChildProcess[] = [];
let root: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tripoint-lock-'));
});
afterEach(() => Promise.all(children.splice(0).map(kill)));
afterAll(() => rm(root, { recursive: true }));

const aFolder = () => join(root, `folder-${count++}`);

async function aProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', CHILD], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  await once(child, 'message');
  return child;
}

async function askFor(child: ChildProcess, folder: string): Promise<string> {
  child.send(folder);
  const [answer] = await once(child, 'message');
  return answer;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const readLock = async (folder: string): Promise<LockHolder> =>
  JSON.parse(await readFile(join(folder, 'tripoint.lock'), 'utf8'));
const writeLock = (folder: string, holder: object) =>
  writeFile(join(folder, 'tripoint.lock'), JSON.stringify(holder));

/** A folder with a lock that nobody holds any more. */
async function anAbandonedFolder(change: Partial<LockHolder> = {}): Promise<string> {
  const folder = aFolder();
  await (await acquireFolderLock(folder)).release();
  const lock = await acquireFolderLock(folder);
  const holder = await readLock(folder);
  await lock.release();
  await writeLock(folder, { ...holder, startTick: '1', ...change });
  return folder;
}

describe('one process', () => {
  test('the folder is created for this user alone', async () => {
    const folder = join(aFolder(), 'below');
    await acquireFolderLock(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('the holder and its address are known until the lock is released', async () => {
    const folder = aFolder();
    const lock = await acquireFolderLock(folder);
    expect(await lockHolder(folder)).toMatchObject({ pid: process.pid });
    await lock.announce({ host: '127.0.0.1', port: 3000 });
    expect(await lockHolder(folder)).toMatchObject({ host: '127.0.0.1', port: 3000 });
    await lock.release();
    expect(await lockHolder(folder)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder cannot be locked twice by one process', async () => {
    const folder = aFolder();
    await acquireFolderLock(folder);
    await expect(acquireFolderLock(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  });

  test.each([
    ['is a file', (file: string) => file],
    ['is below a file', (file: string) => join(file, 'folder')],
  ])('a path that %s is refused with the setting to change', async (_, pathOf) => {
    const file = aFolder();
    await writeFile(file, '');
    await expect(acquireFolderLock(pathOf(file))).rejects.toThrow(/it is not a folder\. Set TRIPOINT_DATA/);
  });

  test('a folder that cannot be written is refused with the setting to change', async () => {
    await expect(acquireFolderLock('/sys/tripoint')).rejects.toThrow(/cannot be used: .* Set TRIPOINT_DATA/);
  });
});

describe('a stale lock', () => {
  test('is taken over if another process now has the pid', async () => {
    const folder = await anAbandonedFolder();
    await acquireFolderLock(folder);
    expect((await readLock(folder)).startTick).not.toBe('1');
    expect(await readdir(folder)).toEqual(['tripoint.lock']);
  });

  test('is taken over if its process was killed', async () => {
    const folder = aFolder();
    const child = await aProcess();
    expect(await askFor(child, folder)).toBe('held');
    await expect(acquireFolderLock(folder)).rejects.toThrow(
      new RegExp(`The data folder ${folder} is in use by process ${child.pid} \\(since 20.*TRIPOINT_DATA`),
    );
    await kill(child);
    expect(await lockHolder(folder)).toBeUndefined();
    await acquireFolderLock(folder);
    expect(await lockHolder(folder)).toMatchObject({ pid: process.pid });
  });

  test('is taken over if it is unreadable and untouched', async () => {
    const folder = await anAbandonedFolder();
    await writeFile(join(folder, 'tripoint.lock'), '{"pid":');
    await acquireFolderLock(folder);
    expect(await lockHolder(folder)).toMatchObject({ pid: process.pid });
  }, 20_000);

  test('does not block a takeover by the claim of a killed process', async () => {
    const folder = await anAbandonedFolder();
    await writeFile(join(folder, 'tripoint.lock.left'), JSON.stringify(await readLock(folder)));
    await acquireFolderLock(folder);
    expect(await readdir(folder)).toEqual(['tripoint.lock']);
  });
});

describe('a lock of another machine or container', () => {
  test('holds while it is touched', async () => {
    const folder = await anAbandonedFolder({ machine: 'elsewhere' });
    const file = join(folder, 'tripoint.lock');
    const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()), 1_000);
    await expect(acquireFolderLock(folder)).rejects.toThrow('of another machine or container');
    clearInterval(heartbeat);
  }, 20_000);

  test('is taken over once nobody touches it', async () => {
    const folder = await anAbandonedFolder({ machine: 'elsewhere' });
    await acquireFolderLock(folder);
    expect(await lockHolder(folder)).toMatchObject({ pid: process.pid });
  }, 20_000);

  test('is touched every few seconds by its holder', async () => {
    const folder = aFolder();
    await acquireFolderLock(folder);
    const file = join(folder, 'tripoint.lock');
    const before = (await stat(file)).mtimeMs;
    await eventually(async () => (await stat(file)).mtimeMs > before);
    expect((await stat(file)).mtimeMs).toBeGreaterThan(before);
  });
});

test('of eight concurrent processes exactly one gets the folder, free or stale', async () => {
  const processes = await Promise.all(Array.from({ length: 8 }, aProcess));
  for (let round = 0; round < 30; round++) {
    const folder = round % 2 ? await anAbandonedFolder() : aFolder();
    const answers = await Promise.all(processes.map((child) => askFor(child, folder)));
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    const winner = processes[answers.indexOf('held')]!;
    expect(answers.filter((answer) => answer.includes(`in use by process ${winner.pid} `))).toHaveLength(7);
    expect(await readdir(folder)).toEqual(['tripoint.lock']);
  }
}, 60_000);
