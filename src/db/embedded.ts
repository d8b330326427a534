import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startThread, type Thread } from './embedded.thread.ts';
import { acquireFolderLock, type FolderLock } from './folder-lock.ts';

export interface EmbeddedDatabase {
  /** For pg: a host that is a folder means a Unix socket in it. One connection at a time. */
  connection: { host: string; port: number; user: string; database: string };
  /** The database was just created, or nothing is kept. */
  isNew: boolean;
  /** Ends the database, whatever it is doing, and starts it again on the same data and socket. */
  restart(): Promise<void>;
  /** Writes a gzip image of the data, to start other databases from. */
  dump(file: string): Promise<void>;
  /** Tells other processes, which find the data folder locked, where the service listens. */
  announce: FolderLock['announce'];
  close(): Promise<void>;
}

export interface EmbeddedSettings {
  /** Where the data is kept, or the word `memory`. */
  folder: string;
  /** A file made by `dump`, that a new database starts from. */
  image?: string;
  log?: (sentence: string) => void;
}

const PORT = 5432; // pg looks for <host>/.s.PGSQL.<port>
const CLOSE_MS = 10_000;

/** Opens PostgreSQL with PostGIS in a thread of this process, behind a Unix socket. */
export async function openEmbedded({
  folder,
  image,
  log = () => {},
}: EmbeddedSettings): Promise<EmbeddedDatabase> {
  const isKept = folder !== 'memory';
  const lock = isKept ? await acquireFolderLock(folder) : undefined;
  const host = await mkdtemp(join(tmpdir(), 'tripoint-'));
  const removeHost = () => rmSync(host, { recursive: true, force: true });
  process.once('exit', removeHost);
  const settings = {
    folder: isKept ? resolve(folder) : folder,
    socket: join(host, `.s.PGSQL.${PORT}`),
    ...(image && { image: resolve(image) }),
  };

  let thread: Thread;
  let restarting: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  async function start(): Promise<void> {
    thread = await startThread(settings, log).catch((error: Error) => {
      throw new Error(`The embedded database in ${folder} could not be started: ${error.message}`, {
        cause: error,
      });
    });
    const started = thread;
    void started.ended.then(() => {
      if (thread === started && !restarting && !closing)
        restart().catch((error: Error) => log(error.message));
    });
  }

  const restart = () => {
    if (closing) return closing;
    restarting ??= startAgain().finally(() => {
      restarting = undefined;
    });
    return restarting;
  };

  async function startAgain(): Promise<void> {
    log(
      `The embedded database starts again${isKept ? '' : `; nothing is kept in memory, so it is ${image ? 'as the image was' : 'empty'}`}.`,
    );
    await thread.end();
    await start();
  }

  async function stop(): Promise<void> {
    await restarting?.catch(() => {});
    await Promise.race([thread.ask({ kind: 'close' }), sleep(CLOSE_MS, undefined, { ref: false })]).catch(
      () => {},
    );
    await thread.end();
    await free();
  }

  async function free(): Promise<void> {
    process.off('exit', removeHost);
    removeHost();
    await lock?.release();
  }

  await start().catch(async (error) => {
    await free();
    throw error;
  });
  return {
    connection: { host, port: PORT, user: 'postgres', database: 'postgres' },
    isNew: thread!.isNew,
    restart,
    dump: (file) => thread.ask({ kind: 'dump', file: resolve(file) }),
    announce: async (address) => lock?.announce(address),
    close: () => (closing ??= stop()),
  };
}
