import { execFileSync } from 'node:child_process';
import type { LookupAddress } from 'node:dns';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { targetGuard } from '../../src/exchange/webhooks/target.guard.ts';
import { postMessage } from '../../src/exchange/webhooks/webhook.post.ts';
import { newSigningSecret, shownSecret } from '../../src/exchange/webhooks/webhook.signature.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

// signed by itself: key and certificate, one behind the other
const OWN_CERTIFICATE =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout - -out -'.split(
    ' ',
  );

const FORBIDDEN = { code: 'webhook-forbidden', params: {} };
const PRIVATE = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:8.8.8.8]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[2001:db8::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[ff02::1]',
  '[100::1]',
];

describe('the guard', () => {
  const guard = targetGuard();
  test.each(PRIVATE)('refuses https://%s', (host) => {
    expect(guard.refusal(new URL(`https://${host}/hook`))).toEqual(FORBIDDEN);
  });

  test.each([
    'https://example.org/hook',
    'https://example.org:8443/hook',
    'https://8.8.8.8/hook',
    'https://[2606:4700::1111]/hook',
  ])('accepts %s', (url) => {
    expect(guard.refusal(new URL(url))).toBeUndefined();
  });

  test.each([
    'http://example.org/hook',
    'https://example.org:22/hook',
    'https://name:word@example.org/hook',
    'http://8.8.8.8/hook',
    'https://8.8.8.8:5432/hook',
    'ftp://example.org/hook',
  ])('refuses %s', (url) => {
    expect(guard.refusal(new URL(url))).toEqual({ code: expect.any(String), params: {} });
  });

  test.each([
    [['10.0.0.0/8'], 'http://10.1.2.3:8080/', true],
    [['10.0.0.0/8'], 'http://[::ffff:10.1.2.3]:8080/', true],
    [['10.0.0.0/8'], 'http://11.1.2.3:8080/', false],
    [['10.0.0.0/8'], 'https://192.168.1.1/', false],
    [['fd00::/8'], 'http://[fd12::1]/', true],
    [['fd00::/8'], 'https://127.0.0.1/', false],
    [['127.0.0.1'], 'http://127.0.0.1:5000/', true],
    [['127.0.0.1'], 'http://127.0.0.2:5000/', false],
    [['hooks.internal'], 'http://Hooks.Internal.:81/', true],
    [['hooks.internal'], 'http://other.internal/', false],
    [['hooks.internal'], 'http://x.hooks.internal/', false],
  ])('with the setting %j answers for %s: %s', (allowed, text, isTaken) => {
    const url = new URL(text);
    expect(targetGuard(allowed).refusal(url) === undefined).toBe(isTaken);
  });
});

const send = (url: string, guard: ReturnType<typeof targetGuard>) =>
  postMessage(
    { id: 'x', url, body: '{"type":"alert","data":{}}', secrets: [Buffer.from('x')] },
    { guard, timeoutMs: 1000 },
  );

/** Answers each question for a name with the next addresses. */
function resolving(...answers: string[][]) {
  let asked = 0;
  return {
    asked: () => asked,
    resolve(_name: string, _options: object, callback: (error: null, found: LookupAddress[]) => void) {
      const found = answers[asked++]!;
      callback(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

test('a message is signed with each secret as Standard Webhooks', async () => {
  const secrets = [newSigningSecret(), newSigningSecret()];
  const message = { id: 'one', url: receiver.url, body: '{"type":"alert","data":{}}', secrets };
  await postMessage(message, { guard: targetGuard(['127.0.0.1']), timeoutMs: 1000 });
  const { text, headers } = receiver.received.at(-1)!;
  for (const secret of secrets)
    expect(new Webhook(shownSecret(secret)).verify(text, headers)).toEqual(JSON.parse(message.body));
  const other = new Webhook(shownSecret(newSigningSecret()));
  expect(() => other.verify(text, headers)).toThrow('No matching signature');
});

describe('a connection', () => {
  test('to a name that resolves to loopback is refused', async () => {
    const count = receiver.received.length;
    // https, so that the name could be taken; http and the port are refused before
    expect(await send(`https://localhost:8443/`, targetGuard())).toMatchObject({ error: FORBIDDEN });
    expect(await send(`http://localhost:${receiver.port}/`, targetGuard(['10.0.0.0/8']))).toMatchObject({
      error: FORBIDDEN,
    });
    expect(await send(`http://localhost:${receiver.port}/`, targetGuard(['localhost']))).toMatchObject({
      status: 204,
    });
    expect(receiver.received.length).toBe(count + 1);
  });

  test('goes to the checked address, even if the name resolves differently the next time', async () => {
    let connections = 0;
    const trap = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(receiver.port, '127.0.0.2', resolve));
    const url = `http://rebinding.example:${receiver.port}/`;
    try {
      const rebinding = resolving(
        ['127.0.0.1'],
        ['127.0.0.2'],
        ['127.0.0.2', '::1'],
        ['127.0.0.2', '127.0.0.1'],
      );
      const guard = targetGuard(['127.0.0.1'], rebinding.resolve);
      expect(await send(url, guard)).toMatchObject({ status: 204 });
      // a second question would have led to the trap
      expect(rebinding.asked()).toBe(1);
      expect(await send(url, guard)).toMatchObject({ error: FORBIDDEN });
      expect(await send(url, guard)).toMatchObject({ error: FORBIDDEN });
      expect(await send(url, guard)).toMatchObject({ status: 204 });
      expect(connections).toBe(0);
    } finally {
      trap.close();
    }
  });

  test('is made once per message, without proxies', async () => {
    let connections = 0;
    const proxy = createServer(() => connections++);
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const before = { ...process.env };
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    Object.assign(process.env, { HTTP_PROXY: address, http_proxy: address, NODE_USE_ENV_PROXY: '1' });
    try {
      expect(await send(receiver.url, targetGuard(['127.0.0.1']))).toMatchObject({ status: 204 });
      expect(connections).toBe(0);
    } finally {
      process.env = before;
      proxy.close();
    }
  });

  test('requires a valid certificate', async () => {
    const made = execFileSync('openssl', OWN_CERTIFICATE, { stdio: ['ignore', 'pipe', 'ignore'] });
    const server = createHttps({ key: made, cert: made }, (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await send(`https://127.0.0.1:${port}/`, targetGuard(['127.0.0.1']));
    expect(answer).toMatchObject({ error: { code: 'receiver-certificate' } });
    expect(answer.status).toBeUndefined();
    server.close();
  });

  test('reads only the beginning of an answer', async () => {
    const long = await openReceiver(() => ({ status: 200, text: 'x'.repeat(5_000_000) }));
    const { status, text } = await send(long.url, targetGuard(['127.0.0.1']));
    expect({ status, length: text!.length }).toEqual({ status: 200, length: 4096 });
    await long.close();
  });
});
