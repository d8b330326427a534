import pg from 'pg';
import { CHANNEL, type ChangeLog, noticeOf, readChange, readNotice } from './change.log.ts';

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
const AGAIN_AFTER_POOLER_MS = 60_000;
const BEAT = 'beat';
const PROOF = 'proof';
const LEAVING = 'leaving';

/** The connection leads through a pooler that gives its session to others between statements. */
class SessionNotKept extends Error {
  override message =
    'The database connection keeps no session (a pooler in transaction mode), so LISTEN does not work. ' +
    'Set DATABASE_LISTEN_URL to a direct address of the database. Until then no files and no tiles are kept, ' +
    'and followers see the changes of other processes up to one second later.';
}

/**
 * LISTENs for changes of other processes, on its own connection. It proves at first that it works, by a notification from
 * a second connection while the first rests: behind a pooler in transaction mode nothing would arrive, without an error.
 * From then on it receives its own NOTIFY.
 */
export function listenForChanges({ connection, changes, warn }: ListenerSettings): ChangeListener {
  let isOver = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const mine = new pg.Client({ ...connection, keepAlive: true });
    const peers = peersOf(changes);
    let isAwaited = false;
    let prove = () => {};
    const beat = async () => {
      if (client !== mine) return;
      if (isAwaited) return lose(mine, new Error('LISTEN does not work: the own NOTIFY did not arrive.'));
      isAwaited = true;
      peers.forgetSilent();
      timer = setTimeout(() => void beat(), BEAT_MS).unref();
      await notify(mine, noticeOf(changes.nonce, BEAT)).catch((error) => lose(mine, error));
    };
    mine.on('error', (error) => lose(mine, error));
    mine.on('end', () => lose(mine, new Error('The connection was closed.')));
    mine.on('notification', ({ payload = '' }) => {
      const { nonce, text } = readNotice(payload);
      if (nonce !== changes.nonce) return peers.hear(nonce, text);
      if (text === PROOF) return prove();
      if (text !== BEAT) return;
      isAwaited = false;
      if (!changes.isLive()) changes.resume();
    });
    client = mine;
    await mine.connect();
    await mine.query(`LISTEN ${CHANNEL}`);
    const proof = new Promise<void>((resolve) => {
      prove = resolve;
    });
    await notifyFromElsewhere(connection, noticeOf(changes.nonce, PROOF));
    await within(SILENT_MS, proof, new SessionNotKept());
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
    const afterMs = error instanceof SessionNotKept ? AGAIN_AFTER_POOLER_MS : AGAIN_AFTER_MS;
    timer = setTimeout(start, afterMs).unref();
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
      if (last) await notify(last, noticeOf(changes.nonce, LEAVING)).catch(() => {});
      await last?.end().catch(() => {});
    },
  };
}

const notify = (client: pg.Client, payload: string) =>
  client.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);

async function notifyFromElsewhere(connection: pg.ClientConfig, payload: string): Promise<void> {
  const other = new pg.Client(connection);
  other.on('error', () => {});
  try {
    await other.connect();
    await notify(other, payload);
  } finally {
    await other.end().catch(() => {});
  }
}

function within<T>(ms: number, promise: Promise<T>, late: Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), ms).unref();
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** A process that ends silently may have written without notifying: then everything cached is of unknown age. */
function peersOf(changes: ChangeLog) {
  const heardMs = new Map<string, number>();
  return {
    hear(nonce: string, text: string) {
      if (text === BEAT) heardMs.set(nonce, Date.now());
      else if (text === LEAVING) heardMs.delete(nonce);
      else if (text !== PROOF) changes.tell(readChange(text));
    },
    forgetSilent() {
      for (const [nonce, at] of heardMs) {
        if (Date.now() - at < SILENT_MS) continue;
        heardMs.delete(nonce);
        changes.resume();
      }
    },
  };
}
