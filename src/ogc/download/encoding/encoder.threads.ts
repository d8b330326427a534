import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { EncodedLayer } from './encoder.ts';
import { newThreadState, pauseThread, type ThreadState } from './thread.pause.ts';

export interface EncodingSpec {
  format: 'fgb' | 'parquet' | 'gpkg';
  layer: EncodedLayer;
  /** Of a new file; absent: a stream. */
  path: string | undefined;
}

export interface NewJob {
  spec: EncodingSpec;
  port: MessagePort;
}

export type JobRequest = { kind: 'add'; texts: readonly string[] } | { kind: 'finish' | 'close' };

export interface JobAnswer {
  /** The number of rows added. */
  features?: number;
  bytes?: Uint8Array | undefined;
  /** Of the file: a hash of its bytes. */
  version?: string;
  isDone?: boolean;
  failure?: unknown;
}

/** A download that is encoded in a thread. */
export interface EncodingJob {
  /** Resolves when these rows are encoded, so whoever waits for it holds the rows of one call alone. */
  add(texts: readonly string[]): Promise<JobAnswer>;
  /** Calls `mayGoOn` regularly. */
  finish(mayGoOn?: () => Promise<void>): Promise<JobAnswer>;
  /** Resolves when the thread has closed its files. */
  close(): Promise<void>;
}

interface PendingAnswer {
  resolve(answer: JobAnswer): void;
  reject(error: unknown): void;
}

/** Tells a job that its thread has ended. */
type Lose = (error: Error) => void;

interface EncoderThread {
  worker: Worker;
  jobs: Set<Lose>;
  state: ThreadState;
  /** Ends the thread when it had nothing to do for a while. */
  idle?: NodeJS.Timeout | undefined;
}

const SCRIPT = import.meta.url.endsWith('.ts') ? './encoder.worker.sources.mjs' : './encoder.worker.js';
/** One processor is left to the service. More threads than this wait for the database. */
const MOST_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));
const IDLE_MS = 2000; // its memory is given back: a new one starts in a tenth of a second

// bounds the memory: a row group of GeoParquet is the largest that a thread holds
const LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 128 };

/** Of this process. */
const threads = new Set<EncoderThread>();
export const encoderWorkers = (): Worker[] => [...threads].map(({ worker }) => worker);

/** A job of the thread that has the fewest. */
export function beginJob(spec: EncodingSpec): EncodingJob {
  const thread = leastBusy();
  const { port1: port, port2 } = new MessageChannel();
  let waiting: PendingAnswer | undefined;
  let loss: Error | undefined;
  port.on('message', (answer: JobAnswer) => {
    if (answer.failure === undefined) waiting?.resolve(answer);
    else waiting?.reject(answer.failure);
    waiting = undefined;
  });
  const lose: Lose = (error) => {
    loss = error;
    waiting?.reject(error);
    port.close();
  };
  thread.jobs.add(lose);
  clearTimeout(thread.idle);
  thread.worker.postMessage({ spec, port: port2 } satisfies NewJob, [port2]);

  const ask = (request: JobRequest): Promise<JobAnswer> =>
    new Promise((resolve, reject) => {
      if (loss) throw loss;
      waiting = { resolve, reject };
      port.postMessage(request);
    });
  return {
    add: (texts) => ask({ kind: 'add', texts }),
    async finish(mayGoOn = async () => {}) {
      for (;;) {
        const answer = await ask({ kind: 'finish' });
        if (answer.isDone) return answer;
        await mayGoOn();
      }
    },
    async close() {
      if (!loss) await ask({ kind: 'close' }).catch(() => {});
      port.close();
      leave(thread, lose);
    },
  };
}

function leastBusy(): EncoderThread {
  const [least] = [...threads].sort((one, other) => one.jobs.size - other.jobs.size);
  return least && (least.jobs.size === 0 || threads.size >= MOST_THREADS) ? least : startThread();
}

function startThread(): EncoderThread {
  const state = newThreadState();
  const worker = new Worker(new URL(SCRIPT, import.meta.url), {
    execArgv: [],
    resourceLimits: LIMITS,
    workerData: state,
  });
  const thread: EncoderThread = { worker, jobs: new Set(), state };
  let cause: Error | undefined;
  worker.on('error', (error) => {
    cause = error;
  });
  worker.once('exit', () => {
    forget(thread);
    const error = new Error('The thread that encodes downloads has ended.', { cause });
    for (const lose of thread.jobs) lose(error);
  });
  // it does not keep the process running
  worker.unref();
  if (threads.size === 0) process.once('exit', pauseAll);
  threads.add(thread);
  return thread;
}

function leave(thread: EncoderThread, job: Lose): void {
  thread.jobs.delete(job);
  if (thread.jobs.size === 0 && threads.has(thread))
    thread.idle = setTimeout(endThread, IDLE_MS, thread).unref();
}

/** Not `terminate`: it ends the process if the thread is inside SQLite, whose errors find no JavaScript to go to. */
function endThread(thread: EncoderThread): void {
  forget(thread);
  thread.worker.postMessage('end');
}

function forget(thread: EncoderThread): void {
  threads.delete(thread);
  if (threads.size === 0) process.off('exit', pauseAll);
  clearTimeout(thread.idle);
}

function pauseAll(): void {
  for (const { state } of threads) pauseThread(state);
}
