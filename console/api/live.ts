import { signal } from '@preact/signals';
import { BASE } from '../app/place.ts';

export interface Change {
  collection: string;
  id: string;
  op: 'upsert' | 'remove';
}

/** Whether changes arrive: `live` since the last ping or change, `lost` until the stream is open again. */
export const link = signal<{ state: 'connecting' | 'live' | 'lost'; heardAt: number }>({
  state: 'connecting',
  heardAt: Date.now(),
});

type Listener = (change: Change) => void;
const listeners = new Set<Listener>();
const resets = new Set<() => void>();

/** Hears each change that the caller may see. Returns the way to stop. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called when everything is to be read again: changes were lost, or somebody else is signed in. */
export function onReset(listener: () => void): () => void {
  resets.add(listener);
  return () => resets.delete(listener);
}

let source: EventSource | undefined;

export function listen(): void {
  source?.close();
  source = new EventSource(`${BASE}/stream`);
  const heard = () => {
    link.value = { state: 'live', heardAt: Date.now() };
  };
  source.addEventListener('ping', heard);
  for (const name of ['change', 'alert', 'distress'])
    source.addEventListener(name, (event) => {
      heard();
      const change = JSON.parse((event as MessageEvent<string>).data) as Change;
      for (const listener of listeners) listener(change);
    });
  source.addEventListener('reset', resetAll);
  source.addEventListener('error', () => {
    link.value = { ...link.value, state: 'lost' };
  });
}

export function resetAll(): void {
  for (const listener of resets) listener();
}
