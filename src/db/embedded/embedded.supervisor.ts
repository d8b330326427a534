import { setTimeout as sleep } from 'node:timers/promises';
import type { Thread } from './embedded.thread.ts';

export interface Supervised {
  start(): Promise<Thread>;
  log(sentence: string): void;
  /** Log message of each restart. */
  restartSentence: string;
}

export interface Supervisor {
  thread(): Thread;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const CLOSE_MS = 5_000; // below the 10 s after which containers are killed
const NEXT_TRY_MS = 10_000;

/** Keeps the thread of a database running: restarts it on request and after a crash. */
export async function supervise({ start, log, restartSentence }: Supervised): Promise<Supervisor> {
  let thread = await start();
  let restarting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  const watch = (watched: Thread) =>
    watched.ended.then(() => {
      if (watched === thread && !restarting && !stopping) return restart().catch(logFailure);
    });
  const logFailure = (error: Error) => log(error.message);

  function restart(): Promise<void> {
    restarting ??= (stopping ?? startAgain()).finally(() => {
      restarting = undefined;
    });
    return restarting;
  }
  async function startAgain(): Promise<void> {
    log(restartSentence);
    await thread.end();
    thread = await start().catch((error) => {
      void tryLater();
      throw error;
    });
    void watch(thread);
  }
  async function tryLater(): Promise<void> {
    await sleep(NEXT_TRY_MS, undefined, { ref: false });
    if (!stopping) await restart().catch(logFailure);
  }
  async function stop(): Promise<void> {
    await restarting?.catch(() => {});
    const timeIsUp = sleep(CLOSE_MS, undefined, { ref: false });
    await Promise.race([thread.ask({ kind: 'close' }), timeIsUp]).catch(logFailure);
    await thread.end();
  }

  void watch(thread);
  return {
    thread: () => thread,
    restart,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
