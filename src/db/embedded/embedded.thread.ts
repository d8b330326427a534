import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Copied } from './folder.copy.ts';

export interface ThreadSettings {
  folder: string;
  /** Folder of files that a new database begins as. */
  image?: string;
  socket: string;
}

export type ThreadMessage = { kind: 'ready'; isNew: boolean } | { kind: 'log'; sentence: string };

export interface ThreadRequest {
  kind: 'finishCopy' | 'close';
  /** Copy of the database's files; those in `copied` are there. */
  to?: string;
  copied?: Copied;
}

export interface Thread {
  isNew: boolean;
  ask(request: ThreadRequest): Promise<void>;
  /** Does not keep the process running. */
  unref(): void;
  /** Ends the thread at once. */
  end(): Promise<void>;
  /** Resolves when the thread has ended. */
  ended: Promise<void>;
}

const SCRIPT = import.meta.url.endsWith('.ts') ? './embedded.worker.sources.mjs' : './embedded.worker.js';
// The default 4 MB overflow, which crashes PostgreSQL, before its own recursion limit (max_stack_depth) applies.
const STACK_MB = 32;
// Bytes that a WebAssembly function runs before V8 optimises it. The default of Node 20 (1.8 MB) optimises most of what a start
// runs: a third of its processor time. Long work is as fast either way.
const TIERING_BUDGET = 100_000_000;

/** Starts the database thread; resolves once clients can connect. */
export async function startThread(
  settings: ThreadSettings,
  log: (sentence: string) => void,
): Promise<Thread> {
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET}`);
  const worker = new Worker(new URL(SCRIPT, import.meta.url), {
    workerData: settings,
    execArgv: [],
    resourceLimits: { stackSizeMb: STACK_MB },
  });
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'log') log(message.sentence);
  });
  const isNew = await becomesReady(worker);
  worker.on('error', ({ message }) => log(`The embedded database failed: ${message}`));
  return {
    isNew,
    ended,
    ask: (request) => ask(worker, request),
    unref: () => worker.unref(),
    end: async () => void (await worker.terminate()),
  };
}

const becomesReady = (worker: Worker) =>
  new Promise<boolean>((done, failed) => {
    worker.once('error', failed);
    worker.once('exit', () => failed(new Error('its thread has ended')));
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'ready') done(message.isNew);
    });
  });

async function ask(worker: Worker, request: ThreadRequest): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ request, reply: port2 }, [port2]);
  // the port closes with the thread
  const [answer] = await Promise.race([once(port1, 'message'), once(port1, 'close')]);
  port1.close();
  if (!answer) throw new Error('The thread of the embedded database has ended.');
  if (answer.failure) throw new Error(answer.failure);
}
