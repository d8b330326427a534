import { once } from 'node:events';
import { connect } from 'node:net';

export interface Listener {
  /** Called with the id of each arriving incident, or of an alert's incident. */
  onTold(listener: (told: Told, incident: string) => void): void;
  close(): void;
}

export type Told = 'change' | 'alert';

const INCIDENT = /"collection" : "incidents", "id" : "([\w-]{36})"|"incident" ?: ?"([\w-]{36})"/g;

/** A stream over a bare socket, because clients share the processors with the service. */
export async function openListener({
  port,
  path,
  key,
}: {
  port: number;
  path: string;
  key: string;
}): Promise<Listener> {
  let heard = (_told: Told, _incident: string) => {};
  let rest = '';
  const socket = connect({ port, host: '127.0.0.1' }).setEncoding('latin1');
  socket.on('error', () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 200 ')) throw new Error(`No stream: ${head}`);
  socket.on('data', (piece: string) => {
    const text = rest + piece;
    const end = text.lastIndexOf('\n\n');
    rest = end < 0 ? text : text.slice(end);
    if (end < 0) return;
    for (const [, changed, alerted] of text.slice(0, end).matchAll(INCIDENT))
      heard(changed ? 'change' : 'alert', (changed ?? alerted)!);
  });
  return {
    onTold: (listener) => {
      heard = listener;
    },
    close: () => void socket.destroy(),
  };
}
