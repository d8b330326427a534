/** Of the tabs that share a name one leads. */
export interface Election {
  /** Ends the part of this tab; another one leads then. */
  leave: () => void;
  /** Leads instead of a leader that is silent. */
  takeOver: () => void;
}

type Lead = () => () => void;

/** `lead` begins to lead, and answers how to stop. Without TLS a browser has no Web Locks: then the tabs agree themselves. */
export const electLeader = (name: string, lead: Lead): Election =>
  'locks' in navigator ? electByLock(name, lead) : electByMessages(name, lead);

/** The browser gives the lock to the next tab as soon as the one that holds it is gone, however it went. */
function electByLock(name: string, lead: Lead): Election {
  const leaving = new AbortController();
  let release = () => {};
  const hold = () =>
    new Promise<void>((resolve) => {
      if (leaving.signal.aborted) return resolve();
      const stop = lead();
      release = () => {
        release = () => {};
        stop();
        resolve();
      };
    });
  const wait = (options: LockOptions): void =>
    void navigator.locks.request(name, options, hold).catch(() => {
      // another tab took over
      release();
      if (!leaving.signal.aborted) wait({ signal: leaving.signal });
    });
  wait({ signal: leaving.signal });
  return {
    leave() {
      leaving.abort();
      release();
    },
    takeOver: () => wait({ steal: true }),
  };
}

const BEAT_MS = 4_000;
const SILENT_MS = 10_000;
const ANSWER_MS = 400; // a leader answers a claim at once, also in a hidden tab, whose timers are slow

type Word = { kind: 'beat' | 'claim' | 'gone'; from: string };

/** A tab that hears no leader claims to lead, unless one answers. Of two leaders the one with the smaller name stays. */
function electByMessages(name: string, lead: Lead): Election {
  const channel = new BroadcastChannel(`${name} leader`);
  const own = crypto.getRandomValues(new Uint32Array(2)).join('-');
  let stop: (() => void) | undefined;
  let heardMs = 0;
  let claiming: ReturnType<typeof setTimeout> | undefined;
  const say = (kind: Word['kind']) => channel.postMessage({ kind, from: own } satisfies Word);

  function begin(): void {
    claiming = undefined;
    stop ??= lead();
    say('beat');
  }
  function claim(): void {
    if (stop || claiming) return;
    say('claim');
    claiming = setTimeout(begin, ANSWER_MS);
  }
  function yieldTo(): void {
    clearTimeout(claiming);
    claiming = undefined;
    heardMs = performance.now();
    stop?.();
    stop = undefined;
  }
  channel.onmessage = ({ data: { kind, from } }: MessageEvent<Word>) => {
    if (kind === 'gone') claim();
    else if (kind === 'claim' && stop) say('beat');
    else if (kind === 'claim' ? claiming && from < own : !stop || from < own) yieldTo();
  };
  const timer = setInterval(() => {
    if (stop) say('beat');
    else if (performance.now() - heardMs > SILENT_MS) claim();
  }, BEAT_MS);
  const leave = () => {
    removeEventListener('pagehide', leave);
    clearInterval(timer);
    clearTimeout(claiming);
    stop?.();
    say('gone');
    channel.close();
  };
  addEventListener('pagehide', leave);
  claim();
  return { leave, takeOver: begin };
}
