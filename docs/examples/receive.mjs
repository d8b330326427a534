// Receives webhooks: answers the challenge, verifies signatures, processes each message once. Plain Node 20 or later, nothing to install.
//
//   WEBHOOK_SECRET=whsec_… PORT=8080 node receive.mjs inbox.jsonl
//
// Without a secret it only answers the challenge, which comes before the secret is known. Run it behind a TLS proxy.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const [inbox = 'inbox.jsonl'] = process.argv.slice(2);
const { WEBHOOK_SECRET: secret, PORT = '8080' } = process.env;
const TOLERANCE_SECONDS = 300; // older ones may be replayed by somebody who listened
const MOST_BYTES = 1_000_000;

/** Standard Webhooks 1.0: HMAC-SHA-256 over id, time and body. During a secret rotation there are two signatures. */
function isSigned(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
  if (!secret || !id || !signatures || !isRecent) return false;
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', bytes).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

// delivery is at least once: a repeated message has the same id
const lines = (await readFile(inbox, 'utf8').catch(() => '')).split('\n').filter(Boolean);
const seen = new Set(lines.map((line) => JSON.parse(line).id));

/** Answers 2xx only after the message is stored; any other answer causes a retry. */
async function take(headers, body) {
  const { type, data } = JSON.parse(body);
  if (type === 'verification' && (!secret || isSigned(headers, body)))
    return { status: 200, answer: { challenge: data.challenge } };
  if (!isSigned(headers, body))
    return { status: 401, answer: { error: 'not signed with the secret of this webhook' } };
  const id = headers['webhook-id'];
  if (seen.has(id)) return { status: 200, answer: { again: true } };
  seen.add(id);
  try {
    await appendFile(inbox, `${JSON.stringify({ id, type, data })}\n`);
  } catch (error) {
    seen.delete(id);
    throw error;
  }
  // a reset has no id: the database was restored, so read /v1/alerts again
  console.log(type, data.id ?? '');
  return { status: 200, answer: {} };
}

async function handle(request) {
  if (request.method !== 'POST') return { status: 405, answer: {} };
  if (Number(request.headers['content-length'] ?? MOST_BYTES + 1) > MOST_BYTES)
    return { status: 413, answer: {} };
  return take(request.headers, await text(request));
}

const server = createServer(async (request, response) => {
  const { status, answer } = await handle(request).catch(() => ({ status: 500, answer: {} }));
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
});
server.listen(Number(PORT), () => console.log(`listening on port ${server.address().port}`));
