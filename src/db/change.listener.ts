import pg from 'pg';
import { CHANNEL, type ChangeLog, readChange, sessionOf } from './change.log.ts';

export interface ChangeListener {
  stop(): Promise<void>;
}

interface ListenerSettings {
  connection: pg.ClientConfig;
  changes: ChangeLog;
  /** Called once per lost connection. */
  warn: (error: unknown) => void;
}

const BEAT_MS = 1000; // a silent connection is detected within two beats
const SILENT_MS = 3 * BEAT_MS;
const AGAIN_AFTER_MS = 1000;
const BEAT = 'beat';
const LEAVING = 'leaving';

/**
 * LISTENs for changes of other processes, on its own connection. It proves that it works by receiving its own NOTIFY:
 * behind a pooler in transaction mode nothing would arrive, without an error.
 */
export function listenForChanges({ connection, changes, warn }: ListenerSettings): ChangeListener {
  let isOver = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const mine = new pg.Client({ ...connection, keepAlive: true });
    const peers = peersOf(changes);
    let isAwaited = false;
    const beat = async () => {
      if (client !== mine) return;
      if (isAwaited) return lose(mine, new Error('LISTEN does not work: the own NOTIFY did not arrive.'));
      isAwaited = true;
      peers.forgetSilent();
      timer = setTimeout(() => void beat(), BEAT_MS).unref();
      await mine.query(`SELECT pg_notify('${CHANNEL}', '${BEAT}')`).catch((error) => lose(mine, error));
    };
    mine.on('error', (error) => lose(mine, error));
    mine.on('end', () => lose(mine, new Error('The connection was closed.')));
    mine.on('notification', ({ payload = '', processId }) => {
      if (changes.sessions.has(processId)) return;
      if (processId !== sessionOf(mine)) return peers.hear(processId, payload);
      isAwaited = false;
      if (!changes.isLive()) changes.resume();
    });
    client = mine;
    await mine.connect();
    await mine.query(`LISTEN ${CHANNEL}`);
    await beat();
  }

  function lose(lost: pg.Client, error: unknown): void {
    if (client !== lost) return;
    client = undefined;
    changes.interrupt();
    clearTimeout(timer);
    lost.end().catch(() => {});
    if (isOver) return;
    warn(error);
    timer = setTimeout(start, AGAIN_AFTER_MS).unref();
  }

  function start(): void {
    open().catch((error) => {
      if (client) lose(client, error);
    });
  }

  start();
  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      changes.interrupt();
      const last = client;
      client = undefined;
      await last?.query(`SELECT pg_notify('${CHANNEL}', '${LEAVING}')`).catch(() => {});
      await last?.end().catch(() => {});
    },
  };
}

/** A process that ends silently may have written without notifying: then everything cached is of unknown age. */
function peersOf(changes: ChangeLog) {
  const heardMs = new Map<number, number>();
  return {
    hear(session: number, payload: string) {
      if (payload === BEAT) heardMs.set(session, Date.now());
      else if (payload === LEAVING) heardMs.delete(session);
      else changes.tell(readChange(payload));
    },
    forgetSilent() {
      for (const [session, at] of heardMs) {
        if (Date.now() - at < SILENT_MS) continue;
        heardMs.delete(session);
        changes.resume();
      }
    },
  };
}
