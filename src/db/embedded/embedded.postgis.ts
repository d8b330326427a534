import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Extension, postgresMod } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { KEPT, keepWhole, versionOf } from './kept.folder.ts';

type PostgresModule = postgresMod.PostgresMod & { WASM_PREFIX: string };
type FileSystems = { filesystems: { NODEFS: object } };

interface PackedFile {
  name: string;
  bytes: Uint8Array;
}

const NEEDED =
  /^(lib\/postgresql\/postgis-3\.so|share\/proj\/.+|share\/postgresql\/extension\/postgis(\.control|--[\d.]+\.sql))$/;
const MOUNT = '/postgis';

/**
 * PostGIS without raster, topology and geocoder. The package unpacks and compiles everything at each start; this saves
 * 2 s of processor time and 300 MB (measured: 3.8 instead of 6.0 s, 505 instead of 850 MB). What is needed is unpacked
 * once, beside the build.
 */
export const leanPostgis: Extension = {
  name: 'postgis',
  setup: async (db, options) => {
    listExportsOnce();
    const { bundlePath } = await postgis.setup(db, options);
    const folder = join(KEPT, `postgis-${versionOf('@electric-sql/pglite-postgis')}`);
    options.preRun.push(
      existsSync(folder) ? linkFiles(folder) : writeFiles(await unpackInto(folder, bundlePath)),
    );
    return { emscriptenOpts: options };
  },
};

/** The database reads them where they lie, not from memory. */
const linkFiles = (folder: string) => (module: PostgresModule) => {
  const { FS, WASM_PREFIX } = module;
  FS.mkdir(MOUNT);
  FS.mount((FS as unknown as FileSystems).filesystems.NODEFS, { root: folder }, MOUNT);
  for (const name of namesIn(folder)) {
    const path = posix.join(WASM_PREFIX, name);
    FS.mkdirTree(posix.dirname(path));
    FS.symlink(posix.join(MOUNT, name), path);
  }
};

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'));

const writeFiles =
  (files: readonly PackedFile[]) =>
  ({ FS, WASM_PREFIX }: PostgresModule) => {
    for (const { name, bytes } of files) {
      const path = posix.join(WASM_PREFIX, name);
      FS.mkdirTree(posix.dirname(path));
      FS.writeFile(path, bytes, { canOwn: true });
    }
  };

async function unpackInto(folder: string, bundle: URL): Promise<PackedFile[]> {
  const archive = await promisify<Buffer, object, Buffer>(gunzip)(await readFile(bundle), {
    chunkSize: 2 ** 20,
  });
  const files = unpack(archive);
  // a build that cannot be written does without
  void keepWhole(folder, (draft) => writeInto(draft, files)).catch(() => {});
  return files;
}

async function writeInto(folder: string, files: readonly PackedFile[]): Promise<void> {
  for (const { name, bytes } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** The needed files of a tar archive (POSIX ustar: a header of 512 bytes, then the content, padded to 512 bytes). */
function unpack(archive: Buffer): PackedFile[] {
  const files: PackedFile[] = [];
  for (let at = 0; archive[at]; ) {
    const textAt = (from: number, to: number) =>
      archive.toString('latin1', at + from, at + to).replace(/\0.*$/s, '');
    const name = textAt(0, 100);
    const size = Number.parseInt(textAt(124, 136), 8);
    const start = at + 512;
    // a copy, so that the archive can be freed
    if (NEEDED.test(name))
      files.push({ name, bytes: Uint8Array.from(archive.subarray(start, start + size)) });
    at = start + Math.ceil(size / 512) * 512;
  }
  return files;
}

/**
 * Emscripten looks up each PostGIS function with `Object.keys(exports).indexOf(name)` in 23,000 exports, which is most of
 * the time of CREATE EXTENSION (7.6 s; 2.2 s with a cached list). Nothing else in this thread has objects of that size
 * with changing keys.
 */
function listExportsOnce(): void {
  const listKeys = Object.keys;
  const known = new WeakMap<object, string[]>();
  Object.keys = (value: object) => {
    const keys = known.get(value) ?? listKeys(value);
    if (keys.length > 10_000) known.set(value, keys);
    return keys;
  };
}
