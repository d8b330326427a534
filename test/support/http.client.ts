import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { openHttpServer } from '../../src/http/listen.ts';

export interface Asking {
  path: string;
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

/** A service on a port of its own, asked over connections that are kept: for tests of thousands of requests. */
export async function openClient(app: Express): Promise<HttpClient> {
  const http = await openHttpServer(app, { host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return {
    base,
    port,
    async ask({ path, method = 'get', headers = {}, body, mediaType = 'application/json' }) {
      const answer = await fetch(`${base}/v1${path}`, {
        method: method.toUpperCase(),
        headers: { ...headers, ...(body !== undefined && { 'Content-Type': mediaType }) },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        body: isJson ? JSON.parse(text) : undefined,
      };
    },
    close: async () => {
      http.server.closeAllConnections();
      await http.close();
    },
  };
}
