import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { openControlSocket } from './control.socket.ts';
import { backUpFolder, type CopyRequest, removeCopies } from './embedded.backup.ts';
import { supervise } from './embedded.supervisor.ts';
import { startThread, type Thread } from './embedded.thread.ts';
import { acquireFolderLock, type FolderLock } from './folder-lock.ts';

export interface EmbeddedDatabase {
  /** For pg: a host that is a folder means the Unix socket in it. One connection at a time. */
  connection: { host: string; port: number; user: string; database: string };
  /** The database was just created, or is in memory. */
  isNew: boolean;
  /** Ends the database at once and restarts it on the same data and socket. */
  restart(): Promise<void>;
  /** Copies the files of a database in a folder into another one, as an image that others begin as. */
  copyTo(folder: string): Promise<void>;
  /** A gzipped tar of the data folder, consistent while clients write. */
  backUp(): Promise<Readable>;
  /** Writes the service's address into the folder lock, for other processes. */
  announce: FolderLock['announce'];
  /** Lets the process end without `close`. */
  unref(): void;
  close(): Promise<void>;
}

export interface EmbeddedSettings {
  /** The data folder, or `memory`. */
  folder: string;
  /** A folder from `copyTo` that a new database begins as. */
  image?: string;
  log?: (sentence: string) => void;
}

const PORT = 5432; // pg looks for <host>/.s.PGSQL.<port>

/** Opens PostgreSQL with PostGIS in a thread of this process, behind a Unix socket. */
export async function openEmbedded(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
  const lock = isKept(settings) ? await acquireFolderLock(settings.folder) : undefined;
  if (lock) await removeCopies(settings.folder);
  const sockets = await socketFolder();
  const free = async () => {
    sockets.remove();
    await lock?.release();
  };
  const supervisor = await supervise({
    start: () => startDatabase(settings, sockets.path),
    log: settings.log ?? (() => {}),
    restartSentence: restartSentence(settings),
  }).catch(async (error) => {
    await free();
    throw error;
  });
  const finishCopy = (copy: CopyRequest) => supervisor.thread().ask({ kind: 'finishCopy', ...copy });
  const backUp = () => backUpFolder(resolve(settings.folder), finishCopy);
  const control = join(sockets.path, 'control.sock');
  const socket = lock && (await openControlSocket(control, backUp));
  return {
    connection: { host: sockets.path, port: PORT, user: 'postgres', database: 'postgres' },
    isNew: supervisor.thread().isNew,
    restart: supervisor.restart,
    copyTo: (to) => finishCopy({ to: resolve(to), copied: new Map() }),
    unref: () => supervisor.thread().unref(),
    backUp,
    announce: async (address) => lock?.announce({ ...address, control }),
    close: async () => {
      await socket?.close();
      await supervisor.stop().finally(free);
    },
  };
}

/** A private folder with a short name: a socket path has at most 107 bytes. */
async function socketFolder(): Promise<{ path: string; remove(): void }> {
  const path = await mkdtemp(join(tmpdir(), 'tripoint-'));
  const removeFolder = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeFolder);
  return {
    path,
    remove: () => {
      process.off('exit', removeFolder);
      removeFolder();
    },
  };
}

const isKept = ({ folder }: EmbeddedSettings): boolean => folder !== 'memory';

const startDatabase = (settings: EmbeddedSettings, sockets: string): Promise<Thread> => {
  const { folder, image, log = () => {} } = settings;
  const threadSettings = {
    folder: isKept(settings) ? resolve(folder) : folder,
    socket: join(sockets, `.s.PGSQL.${PORT}`),
    ...(image && { image: resolve(image) }),
  };
  return startThread(threadSettings, log).catch((cause: Error) => {
    const where = isKept(settings) ? `in ${threadSettings.folder}` : 'in memory';
    throw new Error(`The embedded database ${where} could not be started: ${cause.message}`, { cause });
  });
};

function restartSentence(settings: EmbeddedSettings): string {
  if (isKept(settings)) return 'The embedded database starts again.';
  return `The embedded database starts again ${settings.image ? 'from its image' : 'empty'}: nothing is kept in memory.`;
}
