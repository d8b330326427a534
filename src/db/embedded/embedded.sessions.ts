import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Mutex, type PGlite } from '@electric-sql/pglite';
import { PGLiteSocketHandler, type PGLiteSocketHandlerOptions } from '@electric-sql/pglite-socket';

export interface Sessions {
  /** Idle: no transaction, no partial request. */
  isAtRest(): boolean;
  /** Time spent with statements so far. */
  busyMs(): number;
  /** The same, between two transactions. */
  atRest(work: () => Promise<void>): Promise<void>;
  /** Blocks all clients during `work`. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type Queue = PGLiteSocketHandlerOptions['queryQueue'];
type Execute = (message: Uint8Array, send: (bytes: Uint8Array) => void) => Promise<void>;

const REST_MS = 5;
const WAIT_MS = 5_000; // for the previous session; a pool opens its next connection before the last one has closed
// the first byte of a startup message, Query and Sync: PostgreSQL owes nothing after these
const LAST_OF_REQUEST: (number | undefined)[] = [0, 0x51, 0x53];

/**
 * PGlite is one PostgreSQL session. Clients take turns, and each gets a fresh session: PGLiteSocketServer would share
 * role, settings and prepared statements, and would hang after a client that leaves during a request.
 */
export async function serveSessions(db: PGlite, path: string): Promise<Sessions> {
  const sockets = new Set<Socket>();
  const lock = new Mutex();
  let turn = Promise.resolve();
  let isBetweenRequests = true;
  let isClosing = false;
  let busyMs = 0;

  const execute: Execute = (message, send) =>
    lock.runExclusive(async () => {
      const isLast = LAST_OF_REQUEST.includes(message[0]);
      const startedMs = performance.now();
      await db.execProtocolRawStream(message, { onRawData: isLast ? send : withoutReady(send) });
      isBetweenRequests = isLast;
      busyMs += performance.now() - startedMs;
    });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    const tooLong = setTimeout(() => refuse(socket), WAIT_MS);
    turn = turn.then(async () => {
      clearTimeout(tooLong);
      if (socket.destroyed || socket.writableEnded) return;
      await serve(socket, execute);
      if (isClosing) return;
      await lock.runExclusive(() => startAfresh(db));
      isBetweenRequests = true;
    });
  });

  const isAtRest = () => isBetweenRequests && !db.isInTransaction();
  async function atRest(work: () => Promise<void>): Promise<void> {
    const tried = () =>
      lock.runExclusive(async () => {
        const isIdle = isAtRest();
        if (isIdle) await work();
        return isIdle;
      });
    while (!(await tried())) await sleep(REST_MS);
  }

  rmSync(path, { force: true });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(path, done));
  return {
    isAtRest,
    busyMs: () => busyMs,
    exclusively: (work) => lock.runExclusive(work),
    atRest,
    close: () =>
      new Promise((done) => {
        isClosing = true;
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Serves one client until it disconnects. */
const serve = (socket: Socket, execute: Execute) =>
  new Promise<void>((done) => {
    let isOpen = true;
    const queue = {
      enqueue: async (_: number, message: Uint8Array, send: (bytes: Uint8Array) => void) => {
        if (isOpen) await execute(message, send);
        return 0;
      },
      clearQueueForHandler: () => {},
      // the handler's last step after its socket has closed
      clearTransactionIfNeeded: async () => {
        isOpen = false;
        done();
      },
    };
    void new PGLiteSocketHandler({ queryQueue: queue as unknown as Queue, closeOnDetach: true }).attach(
      socket,
    );
  });

const READY = 0x5a;
const HEAD_BYTES = 5; // type and length; the length includes itself, not the type

/**
 * PGlite sends ReadyForQuery right after an error, and again after the Sync. PostgreSQL sends it only after the Sync: a
 * client would mistake the extra one for the end of its next request, and shift all later answers by one.
 */
export function withoutReady(send: (bytes: Uint8Array) => void): (bytes: Uint8Array) => void {
  let held = Buffer.alloc(0); // an incomplete message head
  let bodyLeft = 0;
  let isDropped = false;
  return (bytes) => {
    let rest = Buffer.concat([held, bytes]);
    held = Buffer.alloc(0);
    const kept: Buffer[] = [];
    while (rest.length > 0) {
      if (bodyLeft === 0 && rest.length < HEAD_BYTES) {
        held = rest;
        break;
      }
      if (bodyLeft === 0) {
        isDropped = rest[0] === READY;
        bodyLeft = rest.readInt32BE(1) + 1;
      }
      const taken = rest.subarray(0, bodyLeft);
      if (!isDropped) kept.push(taken);
      bodyLeft -= taken.length;
      rest = rest.subarray(taken.length);
    }
    if (kept.length > 0) send(Buffer.concat(kept));
  };
}

/**
 * The first ROLLBACK ends an implicit transaction. If the client left after an error, PostgreSQL ignores everything up to
 * a Sync, which follows each statement here, so the second ROLLBACK ends its transaction.
 */
async function startAfresh(db: PGlite): Promise<void> {
  for (const statement of ['ROLLBACK', 'ROLLBACK', 'DISCARD ALL']) await db.exec(statement);
}

/** An ErrorResponse of the PostgreSQL protocol 3.0. */
function refuse(socket: Socket): void {
  const text =
    'The embedded database serves one connection at a time, and another one is open. Use a pool of size 1.';
  const fields = Buffer.from(`SFATAL\0VFATAL\0C53300\0M${text}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  socket.end(Buffer.concat([head, fields]));
}
