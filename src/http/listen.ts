import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
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

export async function openHttpServer(
  app: RequestListener,
  at: { host: string; port: number },
  limits: Partial<typeof LIMITS> = {},
): Promise<HttpServer> {
  const server = createServer({ ...LIMITS, ...limits }, app);
  server.on('clientError', refuseMalformed);
  server.listen(at.port, at.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(reasonOf(error as NodeJS.ErrnoException, at), { cause: error });
  }
  return { server, close: () => closeGently(server) };
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

async function closeGently(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // a keep-alive connection becomes idle only after its request in flight
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(grace);
}
