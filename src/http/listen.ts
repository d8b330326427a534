import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_HEAD_BYTES, refuseMalformed } from './malformed.request.ts';

export interface HttpServer {
  server: Server;
  /** Finishes the requests in flight, but waits no longer than the grace period. */
  close(): Promise<void>;
}

const LIMITS = {
  maxHeaderSize: MAX_HEAD_BYTES,
  headersTimeout: 15_000,
  // uploads may take long; JSON bodies have their own time limit
  requestTimeout: 0,
  // longer than the 60 s of common balancers, which would otherwise reuse a closing connection
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

const GRACE_MS = 10_000;
const SWEEP_MS = 50;

interface Address {
  host: string;
  port: number;
}

export async function openHttpServer(
  app: RequestListener,
  at: Address,
  limits: Partial<typeof LIMITS> = {},
): Promise<HttpServer> {
  const server = createServer({ ...LIMITS, ...limits }, app);
  server.on('clientError', refuseMalformed);
  await listenAt(server, at);
  return { server, close: () => closeGently(server) };
}

/** A port whose connections other processes serve. */
export async function openPort(at: Address): Promise<NetServer> {
  const port = createNetServer({ pauseOnConnect: true });
  await listenAt(port, at);
  return port;
}

async function listenAt(server: NetServer, at: Address): Promise<void> {
  server.listen(at.port, at.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(reasonOf(error as NodeJS.ErrnoException, at), { cause: error });
  }
}

/** Serves connections of a port of another process. */
export interface HandedServer {
  serve(connection: Socket): void;
  close(): Promise<void>;
}

/** `path`: a socket that nobody opens. A server of Node watches the time of its connections only while it listens. */
export async function openHandedServer(app: RequestListener, path: string): Promise<HandedServer> {
  const server = createServer(LIMITS, app);
  server.on('clientError', refuseMalformed);
  server.listen({ path, exclusive: true });
  await once(server, 'listening');
  const open = new Set<Socket>();
  return {
    serve(connection) {
      open.add(connection);
      connection.once('close', () => open.delete(connection));
      connection.setNoDelay(true);
      server.emit('connection', connection);
      connection.resume();
    },
    async close() {
      await closeGently(server, () => open.size > 0);
    },
  };
}

function reasonOf(
  { code, message }: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use by another program. Stop that program, or set PORT to another number.`;
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Set PORT to a number above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine. Set HOST to one, such as 127.0.0.1 or 0.0.0.0.`;
  return `The service cannot listen on ${host}:${port}: ${message}. Check HOST and PORT.`;
}

/** `isBusy`: whether connections are open that the server did not accept itself. */
export async function closeGently(server: Server, isBusy = () => false): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // a keep-alive connection becomes idle only after its request in flight
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  while (isBusy()) await sleep(SWEEP_MS);
  clearInterval(sweep);
  clearTimeout(grace);
}
