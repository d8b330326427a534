import type { World } from '../../core/world.ts';
import type { StreamEntry } from './stream.store.ts';

const RETRY_MS = 2000;

/** HTML Living Standard §9.2: the client's reconnect delay. An exercise names itself before all other events. */
export function helloOf(exercise: World | undefined): Buffer {
  const { id, names } = exercise ?? {};
  const world = exercise ? `event: world\ndata: ${JSON.stringify({ id, names })}\n\n` : '';
  return Buffer.from(`retry: ${RETRY_MS}\n\n${world}`);
}

/** Everything up to this cursor has been sent. */
export const pingAt = (cursor: string): Buffer => Buffer.from(eventOf('ping', cursor, '{}'));

/** The database was restored: the layers are to be read again, and this cursor followed. */
export const resetAt = (cursor: string): Buffer => Buffer.from(eventOf('reset', cursor, '{}'));

/** The same where nothing may be read yet: the client's last cursor stays its cursor. */
export const RESET_AT_END = Buffer.from('event: reset\ndata: {}\n\n');

export const eventsOf = (entries: readonly StreamEntry[]): Buffer =>
  Buffer.from(entries.map((entry) => eventOf(nameOf(entry), entry.cursor, entry.text)).join(''));

// JSON from the database has no line breaks
const eventOf = (name: string, id: string, data: string): string =>
  `event: ${name}\nid: ${id}\ndata: ${data}\n\n`;

function nameOf({ collection, text }: StreamEntry): string {
  if (collection !== 'alerts') return 'change';
  return JSON.parse(text).feature?.properties?.trigger === 'distress' ? 'distress' : 'alert';
}
