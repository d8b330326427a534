import { once } from 'node:events';
import { connect } from 'node:net';

export interface Listener {
  /** Called with the id of each incident that arrives. */
  onId(listener: (id: string) => void): void;
  close(): void;
}

const ID = /"collection" : "incidents", "id" : "([\w-]{36})"/g;

/** A stream over a bare socket: clients share the processors with what is measured. */
export async function openListener({
  port,
  path,
  key,
}: {
  port: number;
  path: string;
  key: string;
}): Promise<Listener> {
  let told = (_id: string) => {};
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
    if (end >= 0) for (const [, id] of text.slice(0, end).matchAll(ID)) told(id!);
  });
  return {
    onId: (listener) => {
      told = listener;
    },
    close: () => void socket.destroy(),
  };
}
