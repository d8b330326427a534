import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { asOwner } from '../src/db/migrations.ts';
import { median } from './comparison.ts';
import { cpuSecondsOf, residentBytesOf } from './service.process.ts';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const QUESTION = '/v1/locate?lon=11.2&lat=33.1';
const ROUNDS = 2;
const REST_MS = 8_000;
const PORT = 5549;
const AS_NPM_START = ['--max-semi-space-size=32', 'dist/src/server.js'];

/** One way of starting, measured from the command to the first answer. */
export interface StartMeasure {
  way: string;
  /** Medians; the processor time is that of the service alone. */
  seconds: number;
  cpuSeconds: number;
  /** Eight seconds after the first answer. */
  restMegabytes: number | undefined;
}

export interface StartMeasures {
  name: string;
  measures: StartMeasure[];
}

interface Started {
  seconds: number;
  cpuSeconds: number;
  restMegabytes: number | undefined;
}

/** Fresh clones of two checkouts, started in turns. Their packages are there: `npm ci` is not counted. */
export async function measureStarts(before: string | undefined, server: string): Promise<StartMeasures[]> {
  const root = mkdtempSync(join(tmpdir(), 'tripoint-start-'));
  const checkouts = [...(before ? [{ name: 'before', folder: before }] : []), { name: 'now', folder: HERE }];
  const found: { name: string; way: string; started: Started }[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const { name, folder } of checkouts) {
        const clone = cloneOf(folder, join(root, `${name}-${round}`));
        const starts = await startClone(clone, round === 0);
        if (round === 0 && server) starts.push(await startOnServer(clone, server));
        found.push(...starts.map(({ way, started }) => ({ name, way, started })));
        rmSync(clone, { recursive: true });
      }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return checkouts.map(({ name }) => ({ name, measures: summed(found.filter((one) => one.name === name)) }));
}

interface WayStarted {
  way: string;
  started: Started;
}

async function startClone(clone: string, withRest: boolean): Promise<WayStarted[]> {
  const restMs = withRest ? REST_MS : 0;
  const whole = ['npm', ['start']] as const;
  const alone = [process.execPath, AS_NPM_START] as const;
  const [first, second] = [join(clone, 'first'), join(clone, 'second')];
  return [
    { way: 'fresh clone, `npm start`', started: await start(clone, whole, embedded(first), restMs) },
    { way: 'another folder, `npm start`', started: await start(clone, whole, embedded(second), 0) },
    { way: 'later, `npm start`', started: await start(clone, whole, embedded(second), 0) },
    { way: 'later, the process alone', started: await start(clone, alone, embedded(second), restMs) },
  ];
}

const embedded = (folder: string) => ({ DATABASE_URL: '', TRIPOINT_DATA: folder });

/** On a new database, which is dropped. */
async function startOnServer(clone: string, server: string): Promise<WayStarted> {
  const name = 'tripoint_bench_start';
  const drop = () => asOwner(server, (knex) => knex.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  await drop();
  await asOwner(server, (knex) => knex.raw(`CREATE DATABASE ${name}`));
  const settings = { DATABASE_URL: Object.assign(new URL(server), { pathname: name }).href };
  try {
    for (const command of ['migrate', 'seed'])
      execFileSync(process.execPath, ['dist/src/cli.js', command], {
        cwd: clone,
        env: { ...process.env, ...settings },
      });
    const started = await start(clone, [process.execPath, AS_NPM_START], settings, REST_MS);
    return { way: 'the process alone, server database', started };
  } finally {
    await drop();
  }
}

/** The committed files, with the packages of the checkout. */
function cloneOf(folder: string, clone: string): string {
  mkdirSync(clone);
  const files = execFileSync('git', ['-C', folder, 'archive', 'HEAD'], { maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', clone], { input: files });
  symlinkSync(join(folder, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

async function start(
  cwd: string,
  [program, args]: readonly [string, readonly string[]],
  settings: NodeJS.ProcessEnv,
  restMs: number,
): Promise<Started> {
  const startedMs = performance.now();
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
    env: { ...process.env, PORT: String(PORT), LOG_LEVEL: 'error', ...settings },
  });
  await firstAnswer(child);
  const seconds = (performance.now() - startedMs) / 1000;
  const pid = serverOf(child.pid!);
  const cpuSeconds = cpuSecondsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  await sleep(restMs);
  const bytes = residentBytesOf(readFileSync(`/proc/${pid}/status`, 'utf8'));
  process.kill(pid, 'SIGTERM');
  await once(child, 'exit');
  return { seconds, cpuSeconds, restMegabytes: restMs ? bytes / 1e6 : undefined };
}

/** The service itself, below npm and its shell. */
function serverOf(pid: number): number {
  const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return below.length === 0 ? pid : serverOf(Number(below[0]));
}

async function firstAnswer(child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('The service did not start.');
    const answer = await fetch(`http://127.0.0.1:${PORT}${QUESTION}`).catch(() => undefined);
    if (answer?.ok) return void (await answer.arrayBuffer());
    await sleep(20);
  }
}

function summed(found: readonly { way: string; started: Started }[]): StartMeasure[] {
  return [...new Set(found.map(({ way }) => way))].map((way) => {
    const all = found.filter((one) => one.way === way).map(({ started }) => started);
    return {
      way,
      seconds: median(all.map(({ seconds }) => seconds)),
      cpuSeconds: median(all.map(({ cpuSeconds }) => cpuSeconds)),
      restMegabytes: all.find(({ restMegabytes }) => restMegabytes)?.restMegabytes,
    };
  });
}
