import { effect, signal } from '@preact/signals';
import { type Change, onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { together } from '../api/together.ts';
import { view } from '../app/address.ts';
import { queryOf } from '../incidents/incident.store.ts';
import type { DrawnIncident } from './map.style.ts';

/** Incidents that changed within the last minute, newest first: drawn at once, whatever the tiles hold. */
export const fresh = signal<DrawnIncident[]>([]);

const FRESH_MS = 60_000;
const MOST_FRESH = 100; // also of one question

interface FlatPage {
  features: {
    id: string;
    geometry: { coordinates: [number, number] };
    properties: Record<string, unknown>;
  }[];
}

const filters = (): string => JSON.stringify(queryOf(view.value));

/** Reads changed incidents with the filters of the screen, many at once. Returns the way to stop. */
export function followChanges(): () => void {
  const waiting = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (work: () => void, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  async function readWaiting(): Promise<void> {
    const ids = [...waiting].slice(-MOST_FRESH);
    waiting.clear();
    const asked = filters();
    const found = await readIncidents(ids);
    if (asked !== filters()) return;
    const others = fresh.peek().filter(({ id }) => !ids.includes(id));
    fresh.value = [...found, ...others].slice(0, MOST_FRESH);
    later(() => {
      fresh.value = fresh.peek().filter((one) => !found.includes(one));
    }, FRESH_MS);
  }
  const readSoon = together(readWaiting);
  const heard = ({ collection, id }: Change) => {
    if (collection !== 'incidents') return;
    waiting.add(id);
    readSoon();
  };
  const forget = () => {
    fresh.value = [];
  };
  let shown = filters();
  const ends = [
    onChange(heard),
    onReset(forget),
    // what another filter leaves out is not drawn either
    effect(() => {
      const asked = filters();
      if (asked !== shown) fresh.value = [];
      shown = asked;
    }),
  ];
  return () => {
    for (const end of ends) end();
    for (const timer of timers) clearTimeout(timer);
  };
}

/** Those that the reader sees and that match. Without an answer the tiles draw them. */
async function readIncidents(ids: readonly string[]): Promise<DrawnIncident[]> {
  const query = { ...queryOf(view.peek()), ids: ids.join(), limit: MOST_FRESH };
  const page = await read<FlatPage>('/collections/incidents/items', query).catch(() => undefined);
  return (page?.features ?? [])
    .filter(({ properties }) => properties.state !== 'cancelled')
    .map(({ id, geometry: { coordinates }, properties }) => {
      const [lon, lat] = coordinates;
      return { id, lon, lat, properties };
    });
}
