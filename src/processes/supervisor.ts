import cluster, { type Worker } from 'node:cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type ConnectionDealer, connectionDealer } from './connection.dealer.ts';
import { type MessageRelay, messageRelay } from './message.relay.ts';
import type { FromProcess, ProcessPlace, ToProcess } from './message.ts';

export interface SupervisedProcesses {
  /** Ends all processes gently. Resolves with whether each of them ended without a failure. */
  stop(): Promise<boolean>;
}

interface Carriers {
  relay: MessageRelay;
  dealer: ConnectionDealer;
}

/** Of a process that ended soon after its start, before the next takes its place. */
const AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const SOON_MS = 10_000;
/** Longer than the requests in flight may take. */
const MOST_STOPPING_MS = 30_000;

/**
 * Runs so many processes of this program, which share the connections of a port, and replaces one that ends. Not
 * the port of node:cluster: a connection that it gave to a process in its last moment stays open, and nobody serves it.
 */
export async function supervise(count: number, port: Server, logger: Logger): Promise<SupervisedProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-'));
  const carriers: Carriers = { relay: messageRelay(), dealer: connectionDealer() };
  const running = new Map<number, Worker>();
  let isStopping = false;

  function launch(number: number): Worker {
    const worker = cluster.fork();
    running.set(number, worker);
    attend(worker, { number, count, folder }, carriers);
    return worker;
  }

  function keepRunning(number: number, worker: Worker, failures = 0): void {
    const startedMs = Date.now();
    worker.once('exit', (code, signal) => {
      running.delete(number);
      if (isStopping) return;
      const isSoon = Date.now() - startedMs < SOON_MS;
      const afterMs = isSoon ? AGAIN_AFTER_MS[Math.min(failures, AGAIN_AFTER_MS.length - 1)]! : 0;
      logger.error({ process: worker.process.pid, code, signal }, 'a process ended; another takes its place');
      setTimeout(() => {
        if (!isStopping) keepRunning(number, launch(number), isSoon ? failures + 1 : 0);
      }, afterMs);
    });
  }

  async function start(number: number): Promise<void> {
    const worker = launch(number);
    await ready(worker);
    keepRunning(number, worker);
  }

  port.on('connection', carriers.dealer.deal);
  // what ends the first one would end each of them
  await start(1);
  await Promise.all(Array.from({ length: count - 1 }, (_, n) => start(n + 2)));

  return {
    async stop() {
      isStopping = true;
      port.close();
      const ended = await Promise.all([...running.values()].map(ending));
      carriers.dealer.close();
      await rm(folder, { recursive: true, force: true });
      return ended.every((isClean) => isClean);
    },
  };
}

/** Gives a process its place, and carries its messages and connections. */
function attend(worker: Worker, place: ProcessPlace, { relay, dealer }: Carriers): void {
  const send = (message: ToProcess) => {
    // a process that is ending hears nothing more
    if (worker.isConnected()) worker.send(message, () => {});
  };
  const receiver = { send, kill: () => void worker.process.kill('SIGKILL') };
  const taker = {
    kill: receiver.kill,
    hand: (id: number, connection: Socket) => {
      if (worker.isConnected())
        worker.send({ kind: 'connection', id } satisfies ToProcess, connection, { keepOpen: true }, () => {});
    },
  };
  worker.once('exit', () => {
    relay.remove(receiver);
    dealer.remove(taker);
  });
  worker.on('error', () => {});
  worker.on('message', (message: FromProcess) => {
    switch (message.kind) {
      case 'join':
        return send({ kind: 'place', place });
      case 'ready':
        relay.add(receiver);
        return dealer.add(taker);
      case 'ending':
        return dealer.remove(taker);
      case 'took':
        return dealer.took(message.id);
      case 'ask':
        return relay.ask(receiver, message);
      case 'reply':
        return relay.reply(receiver, message);
    }
  });
}

/** Resolves when a process takes connections; rejects when it ends before, and has said why. */
const ready = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.on('message', ({ kind }: FromProcess) => {
      if (kind === 'ready') resolve();
    });
    worker.once('exit', (code) => reject(new Error(`A process ended with code ${code} at its start.`)));
  });

function ending(worker: Worker): Promise<boolean> {
  if (worker.isDead()) return Promise.resolve(false);
  return new Promise((resolve) => {
    const late = setTimeout(() => worker.process.kill('SIGKILL'), MOST_STOPPING_MS);
    worker.once('exit', (code) => {
      clearTimeout(late);
      resolve(code === 0);
    });
    worker.process.kill('SIGTERM');
  });
}
