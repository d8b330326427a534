import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import type { Siblings } from '../core/siblings.ts';
import { closeGently } from './listen.ts';

/** Headers of a request that a sibling passes on: the network address of its client, and the connection. */
export const CLIENT = 'x-tripoint-client';
export const CONNECTION = 'x-tripoint-connection';
/** A question among siblings: the client cut this connection. */
export const CUT = 'connection-cut';

const passedOn = new WeakSet<IncomingMessage>();

/** Whether a sibling has received the request, and counted and logged it. */
export const isPassedOn = (req: IncomingMessage): boolean => passedOn.has(req);

/** Answers what siblings pass on, with the network address of their client. Nobody else may reach the socket. */
export async function answerPassedOn(listener: RequestListener, socketPath: string, siblings: Siblings) {
  const connections = new Map<string, Socket>();
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (req, res) => {
    passedOn.add(req);
    const { [CLIENT]: address, [CONNECTION]: id } = req.headers as Record<string, string>;
    delete req.headers[CLIENT];
    delete req.headers[CONNECTION];
    Object.defineProperty(req.socket, 'remoteAddress', { value: address, configurable: true });
    if (id !== undefined && !connections.has(id)) {
      connections.set(id, req.socket);
      req.socket.once('close', () => connections.delete(id));
    }
    listener(req, res);
  });
  siblings.answer(CUT, (id) => void connections.get(id)?.destroy(new Error('The client was cut off.')));
  // of a process that was killed
  await rm(socketPath, { force: true });
  server.listen({ path: socketPath, exclusive: true });
  await once(server, 'listening');
  return { close: () => closeGently(server) };
}
