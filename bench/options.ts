import { parseArgs } from 'node:util';

const PARTS = [
  'filter',
  'peers',
  'processes',
  'growth',
  'downloads',
  'tiles',
  'stream',
  'alerts',
  'dear-filters',
  'texts',
  'writes',
  'start',
  'worlds',
  'console',
] as const;

export interface Options {
  /** The PostGIS server; the bench database is created beside the one in the URL. Empty if only texts or starts are measured. */
  serverUrl: string;
  /** Its name. */
  database: string;
  /** Only this part of the run; default: all. */
  only: (typeof PARTS)[number] | undefined;
  incidents: number;
  zones: number;
  /** Duration of a measured round, after one second of warm-up. */
  seconds: number;
  rounds: number;
  clients: number;
  /** Lines of the bulk import. */
  lines: number;
  isFresh: boolean;
  /** Another checkout with its packages, whose service is asked the same as this one by `peers`, `alerts` and `writes`. */
  before: string | undefined;
  /** Its database, with the same incidents; for `growth` a smaller one. Default: that of the bench. */
  beforeDatabase: string;
}

const DEFAULTS = { incidents: 1_000_000, zones: 500, seconds: 5, rounds: 3, clients: 8, lines: 20_000 };
const DATABASE = 'tripoint_bench';
type Name = keyof typeof DEFAULTS;
const NAMES = Object.keys(DEFAULTS) as Name[];

export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const numbers = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...numbers,
      fresh: { type: 'boolean', default: false },
      database: { type: 'string', default: DATABASE },
      only: { type: 'string' },
      before: { type: 'string' },
      'before-database': { type: 'string' },
    },
  });
  const given = values as Partial<Record<Name, string>> & {
    fresh: boolean;
    database: string;
    only?: string;
    before?: string;
    'before-database'?: string;
  };
  const read = (name: Name) => positive(name, given[name] ?? env[`BENCH_${name.toUpperCase()}`]);
  const counts = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Record<Name, number>;
  return {
    ...counts,
    serverUrl: mayLackServer(given.only) && !env.BENCH_DATABASE_URL ? '' : serverUrl(env.BENCH_DATABASE_URL),
    database: databaseName(given.database),
    only: partOf(given.only),
    isFresh: given.fresh,
    before: given.before,
    beforeDatabase: databaseName(given['before-database'] ?? given.database),
  };
}

const mayLackServer = (part: string | undefined) => part === 'texts' || part === 'start';

function databaseName(name: string): string {
  // it may be dropped and refilled
  if (/^tripoint_bench\w*$/.test(name)) return name;
  throw new Error(`The name of a database must begin with ${DATABASE}, not ${name}.`);
}

function partOf(part: string | undefined): Options['only'] {
  const known = PARTS.find((one) => one === part);
  if (part === undefined || known) return known;
  throw new Error(`--only knows ${PARTS.join(', ')}, not ${part}.`);
}

function positive(name: Name, text: string | undefined): number {
  if (text === undefined) return DEFAULTS[name];
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
}

function serverUrl(text: string | undefined): string {
  if (!text) {
    throw new Error(
      'Set BENCH_DATABASE_URL to a PostgreSQL server with PostGIS, as a role that may create databases, such as postgres://postgres@127.0.0.1:5432/postgres',
    );
  }
  // load, service and pgbench must share one machine, otherwise the ratio would compare networks
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname)) {
    throw new Error('BENCH_DATABASE_URL must name a server on this machine (127.0.0.1).');
  }
  return text;
}
