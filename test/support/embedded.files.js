import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('../', import.meta.url));
const database = join(tests, 'support/database.ts');

/** One file per feature runs on the embedded database too. On a server all of them run. */
const ONE_A_FEATURE = {
  agencies: 'features/agencies',
  audit: 'audit/log',
  borders: 'features/borders',
  coordination: 'coordination/requests',
  crossings: 'features/crossing-status',
  distress: 'coordination/distress',
  incidents: 'features/incidents',
  'import of incidents': 'features/import',
  keys: 'features/keys',
  'keys from an issuer': 'identity/tokens',
  locate: 'features/locate',
  mandates: 'features/responsible',
  places: 'geodesy/placement',
  'reference data': 'reference/corrections',
  release: 'release/release',
  shifts: 'shifts/shifts',
  retention: 'retention/purge',
  visibility: 'matrix/matrix',
  zones: 'zones/consent',
  'zones from rules': 'features/zone-rules',
  'membership of zones': 'database/membership',
  alerts: 'exchange/alerts',
  cap: 'exchange/cap',
  feed: 'exchange/feed',
  stream: 'exchange/stream',
  webhooks: 'webhooks/webhooks',
  layers: 'ogc/items',
  cql2: 'ogc/cql2/random.property',
  downloads: 'ogc/files',
  edit: 'ogc/edit-incidents',
  pages: 'ogc/pages',
  tiles: 'ogc/tile-contents',
  'cells of tiles': 'ogc/tile-cells',
  commands: 'readme',
};

/** What differs there: the tile encoder, a single connection, the schema on PostgreSQL 18. */
const OWN = [
  'database/answers',
  'database/schema-files',
  'database/documented',
  'database/migrations',
  'database/upgrade',
  'ogc/tile-encoders',
  'exchange/soak',
  'zones/demo',
];

/** Files about the embedded database alone: a server adds nothing. */
const ALONE = [
  'db/embedded',
  'db/folder-lock',
  'db/new-database',
  'demo-keys',
  'exchange/feed-folder',
  'restores/embedded',
  'server',
  'webhooks/whole',
];

function pathOf(name) {
  const path = join(tests, `${name}.test.ts`);
  if (!existsSync(path))
    throw new Error(`There is no ${path}: mend the lists of test/support/embedded.files.js.`);
  return path;
}
const testFiles = () =>
  readdirSync(tests, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(tests, file));

/** Whether a module of the tests reaches another one through its imports. */
function reaches(file, other, seen = new Set()) {
  if (file === other) return true;
  if (seen.has(file) || relative(tests, file).startsWith('..') || !file.endsWith('.ts')) return false;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g);
  return [...imports].some(([, path]) => reaches(resolve(dirname(file), path), other, seen));
}

/** The test files that are left out without a server: of those that need a database, all that are not named above. */
export function leftOutOnEmbedded() {
  const named = [...Object.values(ONE_A_FEATURE), ...OWN, ...ALONE].map(pathOf);
  return testFiles().filter((file) => !named.includes(file) && reaches(file, database));
}

/** The test files that are left out on a server. */
export const leftOutOnServer = () => ALONE.map(pathOf);
