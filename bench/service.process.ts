import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface Service {
  port: number;
  /** Processor seconds used so far. */
  cpuSeconds(): Promise<number>;
  /** Resident memory. */
  residentBytes(): Promise<number>;
  stop(): Promise<void>;
}

const SERVER = 'src/server.ts';
const HERE = fileURLToPath(new URL('..', import.meta.url));
const AS_NPM_START = ['--max-semi-space-size=32'];
const CLOCK_TICKS = 100; // per second, in /proc on every current Linux

/** The service on a PostgreSQL server, as a separate process; of this checkout or another. */
export const startService = (
  databaseUrl: string,
  settings: NodeJS.ProcessEnv = {},
  folder = HERE,
): Promise<Service> =>
  startProgram({ program: SERVER, folder, settings: { DATABASE_URL: databaseUrl, ...settings } });

/** The service as a separate process, on a free port of this machine. */
export const startServiceWith = (settings: NodeJS.ProcessEnv): Promise<Service> =>
  startProgram({ program: SERVER, settings });

interface Program {
  /** Prints the greeting of the service. */
  program: string;
  /** A checkout with its packages. */
  folder?: string;
  settings: NodeJS.ProcessEnv;
}

export async function startProgram({ program, folder = HERE, settings }: Program): Promise<Service> {
  const child = spawn(process.execPath, [...AS_NPM_START, '--import', 'tsx', program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Linux schedules by session, and each PostgreSQL backend has its own session
    detached: true,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '0',
      RATE_LIMIT_ANONYMOUS_PER_MINUTE: '0',
      ...settings,
    },
  });
  // the parent may end early
  process.once('exit', () => child.kill());
  process.once('SIGINT', () => process.exit(130));
  const port = await portOf(child);
  return {
    port,
    cpuSeconds: () => sumOf(child.pid!, 'stat', cpuSecondsOf),
    residentBytes: () => sumOf(child.pid!, 'status', residentBytesOf),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Of the service and the processes that it supervises. */
async function sumOf(pid: number, file: 'stat' | 'status', read: (text: string) => number): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean);
  const values = [String(pid), ...children].map((one) =>
    // a helper of the loader may end meanwhile
    readFile(`/proc/${one}/${file}`, 'utf8').then(read, () => 0),
  );
  return (await Promise.all(values)).reduce((sum, value) => sum + value, 0);
}

/** Keeps reading after the greeting: a full pipe would block a service that logs. */
async function portOf({ stdout }: ChildProcess): Promise<number> {
  let greeting = '';
  for await (const [piece] of on(stdout!.setEncoding('utf8'), 'data', { close: ['end'] })) {
    greeting += piece;
    const [, port] = /^Tripoint runs at http:\/\/127\.0\.0\.1:(\d+)/m.exec(greeting) ?? [];
    if (!port) continue;
    stdout!.resume();
    return Number(port);
  }
  throw new Error('The service did not start.');
}

// proc_pid_stat(5): utime and stime are fields 14 and 15; the command in parentheses is field 2
export function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

export const residentBytesOf = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
