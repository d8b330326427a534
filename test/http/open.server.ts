import type { RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { sampleApp } from './sample.app.ts';

const opened: HttpServer[] = [];

export async function open(app: RequestListener = sampleApp().app) {
  const http = await openHttpServer(app, { host: '127.0.0.1', port: 0 });
  opened.push(http);
  return { ...http, port: (http.server.address() as AddressInfo).port };
}

export async function closeAll() {
  for (const { server, close } of opened.splice(0)) {
    server.closeAllConnections();
    await close();
  }
}

/** Sends bytes as they are and returns all that comes back. */
export async function exchange(port: number, ...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  return text(socket);
}

export const post = (path: string, ...headers: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
