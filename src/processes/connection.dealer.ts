import type { Socket } from 'node:net';

/** A process that takes connections. */
export interface ConnectionTaker {
  /** Hands a connection over; the process says when it has it. */
  hand(id: number, connection: Socket): void;
  /** kill -9 */
  kill(): void;
}

interface HandedConnection {
  connection: Socket;
  taker: ConnectionTaker;
  overdue: NodeJS.Timeout;
}

/** A process that takes nothing for longer hangs. */
const MOST_SILENT_MS = 30_000;
/** Of a service whose processes are all being replaced. */
const MOST_WAITING = 1000;

/**
 * Gives connections to processes in turn, to one that has not taken its last one only where all have not. Each is kept here until a process has taken it: one that ends before leaves it
 * to the others. While no process runs, connections wait.
 */
export function connectionDealer(mostSilentMs = MOST_SILENT_MS) {
  let takers: ConnectionTaker[] = [];
  let waiting: Socket[] = [];
  const handed = new Map<number, HandedConnection>();
  let last = 0;

  function deal(connection: Socket): void {
    const slow = new Set([...handed.values()].map(({ taker }) => taker));
    const taker = takers.find((one) => !slow.has(one)) ?? takers[0];
    if (!taker) {
      if (waiting.length < MOST_WAITING) waiting.push(connection);
      else connection.destroy();
      return;
    }
    takers = [...takers.filter((one) => one !== taker), taker];
    const overdue = setTimeout(taker.kill, mostSilentMs).unref();
    handed.set(++last, { connection, taker, overdue });
    taker.hand(last, connection);
  }

  function remove(taker: ConnectionTaker): void {
    takers = takers.filter((one) => one !== taker);
    for (const [id, one] of handed) {
      if (one.taker !== taker) continue;
      clearTimeout(one.overdue);
      handed.delete(id);
      deal(one.connection);
    }
  }

  return {
    deal(connection: Socket): void {
      connection.on('error', () => {});
      deal(connection);
    },
    add(taker: ConnectionTaker): void {
      takers.push(taker);
      const waited = waiting;
      waiting = [];
      for (const connection of waited) deal(connection);
    },
    /** The process ends: what it has not taken goes to the others. */
    remove,
    /** The process has the connection; this one no more. */
    took(id: number): void {
      const one = handed.get(id);
      clearTimeout(one?.overdue);
      one?.connection.destroy();
      handed.delete(id);
    },
    /** Ends what nobody has taken. */
    close(): void {
      for (const { connection } of handed.values()) connection.destroy();
      for (const connection of waiting) connection.destroy();
    },
  };
}

export type ConnectionDealer = ReturnType<typeof connectionDealer>;
