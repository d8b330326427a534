import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: sources and build read the same SQL files, and so have one checksum. */
export const PACKAGE_ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));

function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}

export interface SqlFile {
  /** From the package root, with slashes: `schema/incidents/incident.view.sql`. */
  path: string;
  text: string;
  /** SHA-256 in hexadecimal. */
  checksum: string;
}

let migrations: readonly SqlFile[] | undefined;
let schema: readonly SqlFile[] | undefined;

/** Numbered migrations, oldest first. */
export function migrationFiles(): readonly SqlFile[] {
  migrations ??= read('migrations');
  return migrations;
}

/** Re-creatable objects: functions, views in dependency order, triggers. */
export function schemaFiles(): readonly SqlFile[] {
  schema ??= inOrder(read('schema').filter(({ path }) => path.split('/').length > 2));
  return schema;
}

function read(folder: string): SqlFile[] {
  return readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${folder}/${name.replaceAll(sep, '/')}`)
    .sort()
    .map((path) => {
      const text = readFileSync(join(PACKAGE_ROOT, path), 'utf8');
      return { path, text, checksum: createHash('sha256').update(text).digest('hex') };
    });
}

const isView = ({ path }: SqlFile): boolean => path.endsWith('.view.sql');
const isOfTriggers = ({ path }: SqlFile): boolean => path.endsWith('.triggers.sql');

function inOrder(files: readonly SqlFile[]): SqlFile[] {
  const functions = files.filter((file) => !isView(file) && !isOfTriggers(file));
  return [...functions, ...viewsInOrder(files.filter(isView)), ...files.filter(isOfTriggers)];
}

/** A view comes after the views that it uses. */
function viewsInOrder(views: readonly SqlFile[]): SqlFile[] {
  const byName = new Map(views.map((file) => [file.path.split('/').at(-1)!.split('.')[0]!, file]));
  const placed = new Set<SqlFile>();
  const place = (file: SqlFile, above: readonly SqlFile[]): void => {
    if (placed.has(file)) return;
    if (above.includes(file)) throw new Error(`${file.path} and ${above.at(-1)!.path} name each other.`);
    for (const [, name] of file.text.matchAll(/\btripoint\.(\w+)\b(?!\()/g)) {
      const named = byName.get(name!);
      if (named && named !== file) place(named, [...above, file]);
    }
    placed.add(file);
  };
  for (const file of views) place(file, []);
  return [...placed];
}
