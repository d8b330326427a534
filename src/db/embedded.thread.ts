import { once } from 'node:events';
import { extname } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';

export interface ThreadSettings {
  folder: string;
  image?: string;
  socket: string;
}

export type ThreadMessage = { kind: 'ready'; isNew: boolean } | { kind: 'log'; sentence: string };

export interface ThreadRequest {
  kind: 'dump' | 'close';
  file?: string;
}

export interface Thread {
  isNew: boolean;
  ask(request: ThreadRequest): Promise<void>;
  /** Ends the thread whatever it is doing. */
  end(): Promise<void>;
  /** Resolves when the thread is gone. */
  ended: Promise<void>;
}

/** Starts the thread of the database; resolves once clients can connect. */
export async function startThread(
  settings: ThreadSettings,
  log: (sentence: string) => void,
): Promise<Thread> {
  const worker = new Worker(workerScript(), { workerData: settings, execArgv: [] });
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  const isNew = await new Promise<boolean>((done, failed) => {
    worker.on('error', (error) => {
      log(`The embedded database failed: ${error.message}`);
      failed(error);
    });
    worker.once('exit', () => failed(new Error('its thread has ended')));
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'log') log(message.sentence);
      else done(message.isNew);
    });
  });
  return {
    isNew,
    ended,
    ask: (request) => ask(worker, request),
    end: async () => void (await worker.terminate()),
  };
}

async function ask(worker: Worker, request: ThreadRequest): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ request, reply: port2 }, [port2]);
  const answer = once(port1, 'message');
  const lost = once(port1, 'close').then(() => {
    throw new Error('The thread of the embedded database has ended.');
  });
  const [{ failure }] = await Promise.race([answer, lost]);
  lost.catch(() => {});
  port1.close();
  if (failure) throw new Error(failure);
}

/** The build runs as it is. The sources need tsx, which Node 20 does not hand down to threads. */
function workerScript(): URL {
  const script = new URL(`./embedded.worker${extname(import.meta.url)}`, import.meta.url);
  if (!script.pathname.endsWith('.ts')) return script;
  const tsx = import.meta.resolve('tsx/esm/api');
  const start = `import { register } from '${tsx}'; register(); await import('${script}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(start)}`);
}
