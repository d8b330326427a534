import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

const START_MS = 110_000;

export interface Running {
  child: ChildProcess;
  url: string;
  output: () => string;
}

export type Processes = Awaited<ReturnType<typeof openProcesses>>;

/** Runs the commands as a user does, on an embedded database in a folder of their own. */
export async function openProcesses() {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-server-'));
  const data = join(folder, 'data');
  const children: ChildProcess[] = [];

  function tripoint(args: string[], env: Record<string, string> = {}) {
    const { TEST_DATABASE_URL: _, ...rest } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
      env: {
        ...rest,
        DATABASE_URL: '',
        TRIPOINT_DATA: data,
        PORT: '0',
        LOG_LEVEL: 'warn',
        NODE_OPTIONS: '',
        ...env,
      },
    });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
      });
    }
    return { child, output: () => text };
  }

  /** Until it is ready, or only runs: `/healthz`. */
  async function start(env?: Record<string, string>, probe = '/readyz'): Promise<Running> {
    const { child, output } = tripoint(['serve'], env);
    let url: string | undefined;
    const isReady = async () => {
      url = /http:\/\/[\d.]+:\d+/.exec(output())?.[0];
      return url !== undefined && (await fetch(url + probe)).ok;
    };
    await eventually(async () => child.exitCode !== null || (await isReady()), START_MS);
    if (child.exitCode !== null) throw new Error(`The service did not start: ${output()}`);
    return { child, url: url!, output };
  }

  async function run(args: string[], env?: Record<string, string>) {
    const { child, output } = tripoint(args, env);
    const [code] = await once(child, 'close');
    return { code, output: output() };
  }

  async function end(): Promise<void> {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }

  return { tripoint, start, run, end, folder, demoKeysFile: join(data, 'demo-keys.json') };
}
