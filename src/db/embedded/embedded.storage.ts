import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PGlite, type postgresMod } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface OpenFile {
  nfd?: number;
  node: object;
}

type NodeFiles = {
  realPath(node: object): string;
  stream_ops: { fsync?(file: OpenFile): number };
};

const UNFINISHED = 'database.unfinished';

export interface Storage {
  /** The database must be created. */
  isNew: boolean;
  files: NodeFS;
  /** Call after its creation. */
  finish(): void;
}

/** The database files in a data folder; new ones begin as those of the image. Remains of an interrupted creation are removed. */
export function openStorage(folder: string, image?: string): Storage {
  const data = join(folder, 'database');
  const unfinished = join(folder, UNFINISHED);
  if (existsSync(unfinished)) rmSync(data, { recursive: true, force: true });
  const isNew = !existsSync(data);
  if (isNew) writeFileSync(unfinished, '');
  else if (!existsSync(join(data, 'PG_VERSION')))
    throw new Error(
      `${data} is not a whole database. Put a backup there, or set TRIPOINT_DATA to another folder.`,
    );
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (isNew && image) cpSync(image, data, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return {
    isNew,
    files: syncing(new NodeFS(data)),
    finish: () => {
      if (!isNew) return;
      syncTree(folder);
      rmSync(unfinished);
    },
  };
}

/**
 * PGlite runs PostgreSQL with fsync off, and its file system has no fsync. A commit needs both to survive a power cut;
 * kill -9 loses nothing either way. It costs 0.3 ms per commit on an SSD.
 */
export const DURABLE_START = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

function syncing(files: NodeFS): NodeFS {
  const init = files.init.bind(files);
  files.init = async (db, options) => {
    const { emscriptenOpts } = await init(db, options);
    emscriptenOpts.preRun?.push(addSync);
    return { emscriptenOpts };
  };
  return files;
}

function addSync({ FS }: postgresMod.PostgresMod): void {
  const { NODEFS } = (FS as unknown as { filesystems: { NODEFS: NodeFiles } }).filesystems;
  NODEFS.stream_ops.fsync = ({ nfd, node }) => {
    if (nfd === undefined) syncPath(NODEFS.realPath(node));
    else fsyncSync(nfd);
    return 0;
  };
}

export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() || entry.isDirectory()) syncPath(join(entry.parentPath, entry.name));
  syncPath(folder);
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
