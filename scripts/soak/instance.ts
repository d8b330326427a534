import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/support/cluster.ts';
import { processesOf } from '../../test/support/many.processes.ts';

/** A process of the service, always at the same address. */
export interface Instance {
  url: string;
  /** Resolves once it answers. */
  start(): Promise<void>;
  /** kill -9 of all its processes. */
  kill(): Promise<void>;
  /** kill -9 of one of its processes, which is replaced. False: it has one only. */
  killOne(): boolean;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 120_000;
const MANY = '100000';

export async function openInstance(settings: Record<string, string>): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  function launch(): ChildProcess {
    const { TEST_DATABASE_URL: _, DATABASE_URL: __, NODE_OPTIONS: ___, ...rest } = process.env;
    const started = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      cwd: ROOT,
      env: {
        ...rest,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'error',
        RATE_LIMIT_PER_MINUTE: '0',
        RATE_LIMIT_ANONYMOUS_PER_MINUTE: '0',
        STREAMS_MOST: MANY,
        STREAMS_PER_KEY: MANY,
        WEBHOOK_ALLOW: '127.0.0.1',
        ...settings,
      },
    });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-10_000);
      });
    return started;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }

  const killAtExit = () => child?.kill('SIGKILL');
  process.once('exit', killAtExit);
  return {
    url,
    async start() {
      child = launch();
      const deadline = Date.now() + START_MS;
      while (Date.now() < deadline && child.exitCode === null) {
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        if (answer?.ok) return;
        await sleep(100);
      }
      throw new Error(`The service did not start: ${output}`);
    },
    kill: () => end('SIGKILL'),
    killOne() {
      const [one] = processesOf(child!.pid!);
      return one !== undefined && process.kill(one, 'SIGKILL');
    },
    async stop() {
      await end('SIGTERM');
      process.off('exit', killAtExit);
    },
  };
}
