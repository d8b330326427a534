import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { createDemoKeys } from '../src/access/demo-key.store.ts';
import { asOwner, migrate } from '../src/db/migrations.ts';

// The cost of the audit log: the same requests to the service, and to one without the log on a copy of the database with
// its triggers off; or to another checkout (--base). In turns, because machines are noisy. The processor time of service
// and database (on this machine) is shown beside the rate, because other work disturbs it less.
//   BENCH_DATABASE_URL=postgres://… npx tsx bench/audit.bench.ts [--rounds 6] [--seconds 5] [--clients 16] [--base <folder>]

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '5' },
    clients: { type: 'string', default: '16' },
    incidents: { type: 'string', default: '20000' },
    base: { type: 'string' },
  },
});
const [rounds, seconds, clients] = [Number(values.rounds), Number(values.seconds), Number(values.clients)];
const server = process.env.BENCH_DATABASE_URL;
if (!server)
  throw new Error('Set BENCH_DATABASE_URL to a PostGIS server, as a role that may create databases.');

const WARM_UP_MS = 500;
const say = (text: string) => process.stdout.write(`${text}\n`);
const urlOf = (name: string) => Object.assign(new URL(server), { pathname: name }).href;
const onServer = (text: string) => asOwner(server, (knex) => knex.raw(text));

interface Variant {
  name: string;
  database: string;
  child: ChildProcess;
  port: number;
}

const asked = { key: '', agency: '', ids: [] as string[] };

/** One database with synthetic incidents of every label. */
async function fill(url: string): Promise<void> {
  await asOwner(url, async (knex) => {
    await migrate(knex);
    await knex.seed.run({ specific: '01_reference.ts' });
    await knex.raw(`
      INSERT INTO base.incident (id, kind, severity, certainty, nature, occurred_at, point, horizontal_accuracy_m, owner,
        agency, tlp, releasable_to, content_hash)
      SELECT gen_random_uuid(), 'fire', 'minor', 'likely', 'test', now() - n * interval '1 minute',
        ST_SetSRID(ST_MakePoint(8 + random() * 3, 31 + random() * 4), 4326), 100, a.country, a.id,
        (ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT'])[1 + n % 4], '{}', sha256(n::text::bytea)
      FROM generate_series(1, ${Number(values.incidents)}) AS n
      JOIN LATERAL (SELECT id, country FROM base.agency
        WHERE id = (ARRAY['tun-garde-nationale', 'dza-douanes', 'lby-douanes'])[1 + n % 3]) AS a ON true`);
    const keys = await createDemoKeys(knex);
    const mine = keys.find(({ country, role }) => country === 'TUN' && role === 'reporter')!;
    const { rows } = await knex.raw(
      `SELECT id FROM base.incident WHERE owner = 'TUN' AND tlp <> 'CLEAR' LIMIT 1000`,
    );
    Object.assign(asked, { key: mine.key, ids: rows.map(({ id }: { id: string }) => id) });
    await knex.raw('VACUUM (ANALYZE)');
  });
}

const OFF = [
  'incident',
  'report',
  'zone',
  'zone_revision',
  'zone_consent',
  'crossing_status',
  'agency',
  'mandate',
  'api_key',
].flatMap((table) =>
  ['insert', 'update', 'delete'].map((what) => `ALTER TABLE base.${table} DISABLE TRIGGER audit_${what}`),
);

async function start(name: string, database: string, script: string, cwd: string): Promise<Variant> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: urlOf(database),
    },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let greeting = '';
  for await (const piece of child.stdout!) {
    greeting += piece;
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(greeting) ?? [];
    if (port) return { name, database, child, port: Number(port) };
  }
  throw new Error(`${name} did not start.`);
}

interface Ask {
  method: string;
  path: string;
  body?: string;
}
const body = JSON.stringify({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [9.1, 34.2] },
  properties: {
    kind: 'fire',
    severity: 'minor',
    certainty: 'likely',
    nature: 'test',
    occurredAt: '2026-01-01T00:00:00Z',
    horizontalAccuracyMetres: 100,
  },
});
const QUESTIONS: Record<string, () => Ask> = {
  'read a page of 100': () => ({ method: 'GET', path: '/v1/incidents?limit=100' }),
  'read one incident': () => ({
    method: 'GET',
    path: `/v1/incidents/${asked.ids[Math.floor(Math.random() * asked.ids.length)]}`,
  }),
  'write one incident': () => ({ method: 'PUT', path: `/v1/incidents/${uuidv7()}`, body }),
};

const send = (agent: Agent, port: number, { method, path, body: content }: Ask): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { 'X-API-Key': asked.key, 'Content-Type': 'application/geo+json' };
    const sent = request({ agent, host: '127.0.0.1', port, path, method, headers }, (answer) => {
      if (answer.statusCode! >= 300)
        reject(new Error(`${method} ${path} was answered with ${answer.statusCode}.`));
      answer.resume().on('end', resolve).on('error', reject);
    });
    sent.on('error', reject);
    sent.end(content);
  });

const CLOCK_TICKS = 100; // per second, in /proc on every current Linux

// proc_pid_stat(5): utime and stime are fields 14 and 15; the command in parentheses is field 2
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** Processor time of the service and its database backends. */
async function cpuSeconds({ child, database }: Variant): Promise<number> {
  const { rows } = await asOwner(server!, (knex) =>
    knex.raw('SELECT pid FROM pg_stat_activity WHERE datname = ?', [database]),
  );
  const pids = [child.pid!, ...rows.map(({ pid }: { pid: number }) => pid)];
  return pids.map(cpuSecondsOf).reduce((sum, one) => sum + one, 0);
}

interface Measured {
  /** Requests per second. */
  rate: number;
  cpuMs: number;
}

async function measure(variant: Variant, question: () => Ask): Promise<Measured> {
  const { port } = variant;
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let [answers, isOver] = [0, false];
  const client = async () => {
    for (; !isOver; answers++) await send(agent, port, question());
  };
  const working = Promise.all(Array.from({ length: clients }, client));
  await Promise.race([sleep(WARM_UP_MS), working]);
  const cpuBefore = await cpuSeconds(variant);
  const [startedMs, before] = [performance.now(), answers];
  await Promise.race([sleep(seconds * 1000), working]);
  const rate = ((answers - before) * 1000) / (performance.now() - startedMs);
  const cpuMs = (1000 * ((await cpuSeconds(variant)) - cpuBefore)) / (answers - before);
  isOver = true;
  await working;
  agent.destroy();
  return { rate, cpuMs };
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

const [A, B] = ['tripoint_bench_audit_with', 'tripoint_bench_audit_without'];
for (const name of [A, B]) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
await onServer(`CREATE DATABASE ${A} TEMPLATE template0`);
await fill(urlOf(A));
await onServer(`CREATE DATABASE ${B} TEMPLATE ${A}`);
await asOwner(urlOf(B), (knex) => knex.raw(OFF.join(';')));

const variants = [
  await start('with', A, 'src/server.ts', process.cwd()),
  values.base
    ? await start('base', B, 'src/server.ts', values.base)
    : await start('without', B, 'bench/audit.service.ts', process.cwd()),
];
for (const [name, question] of Object.entries(QUESTIONS)) {
  const measured: Measured[][] = [[], []];
  for (let round = 0; round < rounds; round++)
    for (const n of round % 2 === 0 ? [0, 1] : [1, 0])
      measured[n]!.push(await measure(variants[n]!, question));
  const rates = measured.map((some) => some.map(({ rate }) => rate));
  const [cpu, cpuOfOther] = measured.map((some) => median(some.map(({ cpuMs }) => cpuMs)));
  const ratios = rates[0]!.map((rate, round) => rate / rates[1]![round]!);
  const [one, other] = rates.map((some) => Math.round(median(some)));
  const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ');
  say(`${name}`);
  say(
    `  requests a second: ${one} with, ${other} ${variants[1]!.name}; ratio ${median(ratios).toFixed(2)} (${each})`,
  );
  say(
    `  processor, ms each: ${cpu!.toFixed(2)} and ${cpuOfOther!.toFixed(2)}; ratio ${(cpuOfOther! / cpu!).toFixed(2)}`,
  );
}
for (const { child } of variants) child.kill('SIGTERM');
await sleep(1500);
for (const name of [A, B]) await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
process.exit(0);
