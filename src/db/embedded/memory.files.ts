import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { Extension, postgresMod } from '@electric-sql/pglite';

const DATA = '/pglite/data'; // PGDATA of PGlite

/** Lets a database in memory begin as the files of a folder. */
export const filesInMemory = (folder: string): Extension => ({
  name: 'files in memory',
  setup: async (_, options) => {
    options.preRun.push(({ FS }: postgresMod.PostgresMod) => {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name);
        const path = posix.join(DATA, relative(folder, file).replaceAll(sep, '/'));
        FS.mkdirTree(entry.isFile() ? posix.dirname(path) : path);
        if (entry.isFile()) FS.writeFile(path, Uint8Array.from(readFileSync(file)), { canOwn: true });
      }
    });
    return { emscriptenOpts: options };
  },
});
