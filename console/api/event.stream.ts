import { BASE } from '../app/place.ts';

/** An event of `GET /v1/stream`. */
export interface StreamEvent {
  name: string;
  /** Everything up to it was sent. */
  id: string;
  data: string;
}

export interface StreamListener {
  heard(event: StreamEvent): void;
  /** Open. `isContinued`: nothing was left out since the cursor that was asked for. */
  opened(isContinued: boolean): void;
  lost(): void;
  /** The service answers, but with no stream: the session has ended, the cursor is gone, or it is being restored. */
  refused(): void;
}

const NAMES = ['ping', 'change', 'alert', 'distress', 'reset'];
/** The service pings every 15 seconds. */
export const SILENT_MS = 45_000;
const CHECK_MS = 5_000;
const AGAIN_MS = 2_000;

/** A stream that is opened again until it is closed. The browser itself opens it again after a loss, also in hidden tabs. */
export function openStream(after: string | undefined, listener: StreamListener): () => void {
  let source: EventSource | undefined;
  let cursor = after;
  let isContinued = after !== undefined;
  let heardMs = Date.now();
  let again: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    source?.close();
    clearTimeout(again);
    heardMs = Date.now();
    const query = new URLSearchParams({ include: 'feature', ...(cursor !== undefined && { after: cursor }) });
    const one = new EventSource(`${BASE}/stream?${query}`);
    source = one;
    one.onopen = () => {
      heardMs = Date.now();
      listener.opened(isContinued);
    };
    one.onerror = () => failed(one);
    for (const name of NAMES)
      one.addEventListener(name, ({ lastEventId, data }: MessageEvent<string>) => {
        heardMs = Date.now();
        cursor = lastEventId || cursor;
        listener.heard({ name, id: lastEventId, data });
      });
  }

  function failed({ readyState }: EventSource): void {
    isContinued = false;
    listener.lost();
    if (readyState !== EventSource.CLOSED) return;
    cursor = undefined;
    again = setTimeout(connect, AGAIN_MS);
    listener.refused();
  }

  // a connection that nobody closed can be dead all the same
  function check(): void {
    if (Date.now() - heardMs < SILENT_MS) return;
    isContinued = false;
    listener.lost();
    connect();
  }

  const timer = setInterval(check, CHECK_MS);
  document.addEventListener('visibilitychange', check);
  addEventListener('offline', listener.lost);
  connect();
  return () => {
    source?.close();
    clearTimeout(again);
    clearInterval(timer);
    document.removeEventListener('visibilitychange', check);
    removeEventListener('offline', listener.lost);
  };
}
