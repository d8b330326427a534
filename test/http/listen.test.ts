import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, jest, test } from '@jest/globals';
import { openHttpServer } from '../../src/http/listen.ts';
import { checkProblem } from '../../src/http/response.check.ts';
import { closeAll, exchange, open } from './open.server.ts';
import { sampleApp } from './sample.app.ts';
import { endHanging } from './sample.operations.ts';

afterEach(closeAll);

test('closing finishes the request in flight, drops idle connections and accepts no new ones', async () => {
  const { port, close, server } = await open(sampleApp({ requestTimeoutMs: 5000 }).app);
  const agent = new Agent({ keepAlive: true });
  const get = (path: string) =>
    new Promise<string>((resolve, reject) =>
      httpRequest({ port, path, agent }, (res) => resolve(text(res)))
        .on('error', reject)
        .end(),
    );
  await get('/healthz');
  const arrived = once(server, 'request');
  const [inFlight, idle] = [get('/v1/misbehave/hang'), get('/healthz')];
  await Promise.all([arrived, idle]);
  const breakOff = jest.spyOn(server, 'closeAllConnections');
  const closing = close();
  endHanging();
  await closing;
  expect(await inFlight).toBe('{"fine":true}');
  // no connection had to be broken off when the grace period was over
  expect(breakOff).not.toHaveBeenCalled();
  expect(server.listening).toBe(false);
  agent.destroy();
  await expect(get('/healthz')).rejects.toThrow('ECONNREFUSED');
});

test('closing twice is allowed', async () => {
  const { close } = await open();
  await Promise.all([close(), close()]);
});

test('a port in use is named, with the setting to change', async () => {
  const { port } = await open();
  await expect(openHttpServer(() => {}, { host: '127.0.0.1', port })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use by another program. Stop that program, or set PORT to another number.`,
  );
});

test('an address of another machine is named, with the setting to change', () =>
  expect(openHttpServer(() => {}, { host: '203.0.113.9', port: 0 })).rejects.toThrow('Set HOST'));

test('input that is not HTTP gets a problem document', async () => {
  const { port } = await open();
  const [head, body] = (await exchange(port, 'HELO mail\r\n\r\n')).split('\r\n\r\n');
  expect(head).toContain('HTTP/1.1 400 Bad Request');
  expect(head).toContain('Content-Type: application/problem+json');
  expect(JSON.parse(body!)).toMatchObject({ status: 400, detail: expect.stringContaining('HTTP/1.1') });
});

test('headers that are too long are answered with the limit', async () => {
  const { port } = await open();
  const answer = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(140_000)}\r\n\r\n`);
  expect(answer).toContain('HTTP/1.1 431 ');
  const problem = JSON.parse(answer.split('\r\n\r\n')[1]!);
  expect(problem.detail).toContain('at most 131072 bytes');
  // as the document describes problems, although the path is not known
  checkProblem(problem);
  expect(problem.instance).toBe(`urn:uuid:${problem.requestId}`);
});
