import { signal } from '@preact/signals';
import { BASE } from '../app/place.ts';
import { openStream, SILENT_MS, type StreamEvent } from './event.stream.ts';
import { electLeader } from './leader.election.ts';

export interface Change {
  collection: string;
  id: string;
  op: 'upsert' | 'remove';
  /** As the reader sees it now. */
  feature?: {
    geometry: { type: string; coordinates: unknown } | null;
    properties: Record<string, unknown>;
  } | null;
}

type LinkState = 'connecting' | 'live' | 'lost';

/** Whether changes arrive: `live` since the last ping or change, `lost` until the stream is open again. */
export const link = signal<{ state: LinkState; heardAt: number }>({
  state: 'connecting',
  heardAt: Date.now(),
});

type Listener = (change: Change) => void;
const listeners = new Set<Listener>();
const resets = new Set<() => void>();
const refusals = new Set<() => void>();

/** Hears each change that the caller may see. Returns the way to stop. */
export const onChange = (listener: Listener) => added(listeners, listener);

/** Called when everything is to be read again: changes were lost, or somebody else is signed in. */
export const onReset = (listener: () => void) => added(resets, listener);

/** Called when the service refuses the stream: perhaps the session has ended. */
export const onRefused = (listener: () => void) => added(refusals, listener);

function added<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => all.delete(one);
}

export function resetAll(): void {
  for (const listener of resets) listener();
}

let leave = () => {};

/** Follows the changes as whoever is signed in: tabs of the same identity share one stream. */
export function listen(identity: string): void {
  leave();
  leave = join(`tripoint ${location.origin}${BASE} ${identity}`);
}

/** What tabs say to each other. `state`: of the stream, by the tab that has it open. */
type Word =
  | { kind: 'event'; event: StreamEvent }
  | { kind: 'state'; state: LinkState; cursor: string | undefined; mustRead: boolean }
  | { kind: 'ask' };

const CHECK_MS = 5_000;

function join(name: string): () => void {
  const channel = new BroadcastChannel(name);
  let cursor: string | undefined;
  let isLeading = false;
  let hasRead = false;
  link.value = { state: 'connecting', heardAt: Date.now() };
  const say = (word: Word) => channel.postMessage(word);

  function take({ name, id, data }: StreamEvent): void {
    cursor = id || cursor;
    link.value = { state: 'live', heardAt: Date.now() };
    if (name === 'reset') resetAll();
    if (name === 'reset' || name === 'ping') return;
    const change = JSON.parse(data) as Change;
    for (const listener of listeners) listener(change);
  }

  // changes are heard from now on: what is read now misses none
  function become(state: LinkState, mustRead: boolean): void {
    const heardAt = state === 'live' ? Date.now() : link.peek().heardAt;
    link.value = { state, heardAt };
    if (hasRead && !mustRead) return;
    hasRead = true;
    resetAll();
  }

  function announce(state: LinkState, mustRead: boolean): void {
    become(state, mustRead);
    say({ kind: 'state', state, cursor, mustRead });
  }

  function lead(): () => void {
    isLeading = true;
    const close = openStream(cursor, {
      heard(event) {
        take(event);
        say({ kind: 'event', event });
      },
      opened: (isContinued) => announce('live', !isContinued),
      lost: () => announce('lost', false),
      refused() {
        for (const listener of refusals) listener();
      },
    });
    return () => {
      isLeading = false;
      close();
    };
  }

  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.kind === 'event') take(word.event);
    else if (word.kind === 'state') {
      cursor = word.cursor ?? cursor;
      become(word.state, word.mustRead);
    } else if (isLeading) say({ kind: 'state', state: link.peek().state, cursor, mustRead: false });
  };
  const election = electLeader(name, lead);
  say({ kind: 'ask' });
  const timer = setInterval(() => {
    if (isLeading || Date.now() - link.peek().heardAt < SILENT_MS + 3 * CHECK_MS) return;
    link.value = { ...link.peek(), state: 'lost' };
    // the tab that has the stream may be frozen
    election.takeOver();
  }, CHECK_MS);
  return () => {
    clearInterval(timer);
    election.leave();
    channel.close();
  };
}
