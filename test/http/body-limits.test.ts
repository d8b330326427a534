import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { closeAll, exchange, open, post } from './open.server.ts';
import { sampleApp } from './sample.app.ts';

afterEach(closeAll);

test('a body of 100 MB is refused before it is sent', async () => {
  const { port } = await open();
  const socket = connect(port, '127.0.0.1');
  socket.write(post('/v1/echo', 'Content-Length: 100000000'));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('HTTP/1.1 413');
  expect(String(answer)).toContain('The body is longer than 1048576 bytes');
  socket.destroy();
});

test('a body of unknown length is refused as soon as it is too long', async () => {
  const { port } = await open();
  const socket = connect(port, '127.0.0.1');
  socket.write(post('/v1/echo', 'Transfer-Encoding: chunked'));
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, ' '), Buffer.from('\r\n')]);
  socket.write(chunk);
  socket.write(chunk);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('HTTP/1.1 413');
  socket.destroy();
});

test('a body of 100 MB that is sent anyway is drained, and the memory stays flat', async () => {
  const { port } = await open();
  const before = process.memoryUsage().rss;
  const socket = connect(port, '127.0.0.1');
  socket.write(post('/v1/echo', 'Content-Length: 100000000'));
  const chunk = Buffer.alloc(1_000_000, ' ');
  for (let sent = 0; sent < 100; sent++) if (!socket.write(chunk)) await once(socket, 'drain');
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const answers = await text(socket);
  expect(answers).toContain('HTTP/1.1 413');
  expect(answers).toContain('{"status":"ok"}');
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test('a small body that decompresses to more than the limit is refused', async () => {
  const { port } = await open();
  const packed = gzipSync(Buffer.alloc(50_000_000, ' '));
  const head = post(
    '/v1/echo',
    'Content-Encoding: gzip',
    `Content-Length: ${packed.length}`,
    'Connection: close',
  );
  expect(await exchange(port, head, packed)).toContain('HTTP/1.1 413');
});

test('a JSON body that does not arrive in time is ended with 408', async () => {
  const { port } = await open();
  const answer = await exchange(port, post('/v1/echo', 'Content-Length: 100'), '{"a":');
  expect(answer).toContain('HTTP/1.1 408');
  expect(answer).toContain('/problems/body-too-slow');
  expect(answer).toContain('Connection: close');
});

test('a slow body is not mistaken for a slow answer', async () => {
  const { port, server } = await open(sampleApp({ requestTimeoutMs: 50 }).app);
  const arrived = once(server, 'request');
  const socket = connect(port, '127.0.0.1');
  socket.write(post('/v1/echo', 'Content-Length: 7', 'Connection: close'));
  await arrived;
  expect((await fetch(`http://127.0.0.1:${port}/v1/misbehave/hang`)).status).toBe(503);
  socket.write('{"a":1}');
  expect(await text(socket)).toContain('HTTP/1.1 200');
});

/** As long as other requests need to run into the limits for a slow answer and a slow body. */
async function limitsPass(port: number): Promise<void> {
  expect((await fetch(`http://127.0.0.1:${port}/v1/misbehave/hang`)).status).toBe(503);
  expect(await exchange(port, post('/v1/echo', 'Content-Length: 100'), '{"a":')).toContain('HTTP/1.1 408');
}

test('an operation that streams may take longer than a request', async () => {
  const { port, server } = await open(sampleApp({ requestTimeoutMs: 50, bodyTimeoutMs: 50 }).app);
  const arrived = once(server, 'request');
  const socket = connect(port, '127.0.0.1');
  socket.write(
    post('/v1/import', 'Content-Length: 4', 'Connection: close').replace('application/json', 'text/csv'),
  );
  await arrived;
  await limitsPass(port);
  socket.write('id\n1');
  expect(await text(socket)).toContain('{"characters":4}');
});

test('a client that leaves during its upload is not an error', async () => {
  const sample = sampleApp();
  const { port, server } = await open(sample.app);
  const heads = [
    post('/v1/echo', 'Content-Length: 100'),
    post('/v1/import', 'Content-Length: 100').replace('application/json', 'text/csv'),
  ];
  for (const head of heads) {
    const arrived = once(server, 'request');
    const socket = connect(port, '127.0.0.1');
    socket.write(head);
    await arrived;
    socket.destroy();
  }
  await eventually(() => sample.log.length >= heads.length);
  expect(sample.log.map(({ msg }) => msg)).toEqual(['request aborted', 'request aborted']);
});
