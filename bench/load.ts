import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { choose, pathOf, type Question } from './question.ts';

const WARM_UP_SECONDS = 1;
const READ_BYTES = 262_144;
const HEAD_END = '\r\n\r\n';

interface Duration {
  clients: number;
  seconds: number;
}

/** Requests per second. Repeats a question on several connections, each with one request at a time. */
export const runLoad = (port: number, question: Question, duration: Duration): Promise<number> =>
  runRequests(
    port,
    () =>
      `GET ${pathOf(question, choose(question.variables))} HTTP/1.1\r\nHost: 127.0.0.1:${port}${HEAD_END}`,
    duration,
  );

/** The same for whole requests. */
export async function runRequests(
  port: number,
  nextRequest: () => string,
  { clients, seconds }: Duration,
): Promise<number> {
  let answers = 0;
  const connections = Array.from({ length: clients }, () =>
    keepAsking(port, nextRequest, () => {
      answers += 1;
    }),
  );
  const failure = Promise.race(connections.map(({ failure }) => failure));
  try {
    await Promise.race([sleep(WARM_UP_SECONDS * 1000), failure]);
    const [startedMs, before] = [performance.now(), answers];
    await Promise.race([sleep(seconds * 1000), failure]);
    return ((answers - before) / (performance.now() - startedMs)) * 1000;
  } finally {
    await Promise.all(connections.map(({ stop }) => stop()));
  }
}

/**
 * One HTTP/1.1 connection. Parses only status and length of an answer, in one buffer: the load shares the processors with
 * the service, and a full HTTP client needs several times as much.
 */
function keepAsking(port: number, nextRequest: () => string, onAnswer: () => void) {
  let missingBytes = 0; // of the current answer
  let isOver = false;
  const onRead = (length: number, buffer: Uint8Array): boolean => {
    missingBytes = missingBytes > 0 ? missingBytes - length : bodyBytes(buffer, length);
    if (missingBytes > 0) return true;
    onAnswer();
    if (isOver) socket.end();
    else ask();
    return true;
  };
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: Buffer.allocUnsafe(READ_BYTES), callback: onRead },
  });
  const ask = () => socket.write(nextRequest());
  socket.once('connect', ask);
  const closed = once(socket, 'close');
  return {
    failure: closed.then(() => Promise.reject(new Error('The service closed a connection.'))),
    stop: async () => {
      isOver = true;
      await closed;
    },
  };
}

/** Number of missing body bytes; the head of an answer arrives in one piece. */
function bodyBytes(buffer: Uint8Array, length: number): number {
  const text = Buffer.from(buffer.buffer, buffer.byteOffset, Math.min(length, 4096)).toString('latin1');
  const end = text.indexOf(HEAD_END);
  const [, bytes] = /^content-length: (\d+)/im.exec(text.slice(0, end)) ?? [];
  if (!/^HTTP\/1\.1 20[01] /.test(text) || end < 0 || !bytes) throw new Error(`Not an answer: ${text}`);
  return Number(bytes) - (length - end - HEAD_END.length);
}

/** Average length and number of features of answers. */
export async function sampleAnswers(
  port: number,
  question: Question,
): Promise<{ features: number; bytes: number }> {
  const SIZE = 20;
  const sum = { features: 0, bytes: 0 };
  for (let i = 0; i < SIZE; i++) {
    const answer = await fetch(`http://127.0.0.1:${port}${pathOf(question, choose(question.variables))}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    sum.bytes += bytes.length;
    sum.features += featuresIn(answer.headers.get('content-type') ?? '', bytes);
  }
  return { features: Math.round(sum.features / SIZE), bytes: Math.round(sum.bytes / SIZE) };
}

function featuresIn(type: string, bytes: Buffer): number {
  if (!type.includes('vector-tile')) return JSON.parse(bytes.toString()).numberReturned ?? 1;
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.values(layers).reduce((sum, { length }) => sum + length, 0);
}
