import { Agent, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { openHttpServer } from '../../src/http/listen.ts';
import { eventsIn, readToPing } from './stream.ts';
import { decodeTile } from './tiles.ts';
import { parseXml } from './xml.ts';

export interface Asking {
  path: string;
  /** What stands before it. Default: where the API is. */
  prefix?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: object | string | undefined;
  mediaType?: string | undefined;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of all operations
  body: any;
}

export interface HttpClient {
  base: string;
  port: number;
  ask(asking: Asking): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * A service on a port of its own, asked over connections that are kept: for tests of thousands of requests. Sends what it
 * is given and nothing more: `fetch` adds headers of its own, and mends paths.
 */
export async function openClient(app: RequestListener): Promise<HttpClient> {
  const http = await openHttpServer(app, { host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    ask: (asking) => send(port, agent, asking),
    close: async () => {
      agent.destroy();
      http.server.closeAllConnections();
      await http.close();
    },
  };
}

function send(
  port: number,
  agent: Agent,
  { path, prefix = '/v1', method = 'get', headers = {}, body, mediaType = 'application/json' }: Asking,
): Promise<Answer> {
  const bytes =
    body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const ofBody = bytes && { 'Content-Type': mediaType, 'Content-Length': bytes.length };
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, agent, method: method.toUpperCase(), path: prefix + path, headers: { ...ofBody, ...headers } },
      (response) => {
        readToPing(response)
          .then((bytes) => {
            const answered = Object.entries(response.headers).map(([name, value]): [string, string] => [
              name,
              String(value),
            ]);
            resolve({
              status: response.statusCode!,
              headers: new Headers(answered),
              text: bytes.toString(),
              body: bodyOf(response.headers['content-type'] ?? '', bytes),
            });
          })
          .catch(reject);
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function bodyOf(type: string, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (type.includes('vector-tile')) return decodeTile(bytes);
  if (type.includes('event-stream')) return { events: eventsIn(bytes.toString()) };
  if (type.includes('xml')) return parseXml(bytes.toString());
  return /json(;|$)/.test(type) ? JSON.parse(bytes.toString()) : undefined;
}
