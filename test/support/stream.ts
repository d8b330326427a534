import { Agent, get, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { eventually } from './eventually.ts';
import type { Change } from './feed.ts';

export interface StreamEvent {
  event: string;
  id: string;
  data: Change;
}

export interface TestStream {
  status: number;
  headers: IncomingMessage['headers'];
  /** All that came so far. */
  events: StreamEvent[];
  /** The body of an answer that is no stream. */
  body: string;
  /** The entries, without pings. */
  changes(): Change[];
  /** Waits until what came so far fulfils the condition. */
  until(condition: (stream: TestStream) => boolean, withinMs?: number): Promise<void>;
  /** Resolves when the service has ended it: whether in good order. */
  ended: Promise<boolean>;
  response: IncomingMessage;
  close(): void;
}

interface Asked {
  port: number;
  /** Where the API is. */
  base?: string;
  /** What follows `/stream`. */
  query?: string;
  headers?: Record<string, string>;
}

// a writing transaction of any test on the same server holds the feed back
const WITHIN_MS = 60_000;

/** Opens a stream as a client does; resolves when its answer has begun. */
export function openStream({ port, base = '/v1', query = '', headers = {} }: Asked): Promise<TestStream> {
  const agent = new Agent();
  return new Promise((resolve, reject) => {
    const request = get({ port, path: `${base}/stream${query}`, headers, agent }, async (response) => {
      const isStream = response.headers['content-type'] === 'text/event-stream; charset=utf-8';
      const stream = streamOf(response);
      if (!isStream) stream.body = await text(response);
      else listen(stream, response);
      resolve(stream);
    });
    request.on('error', reject);
  });
}

function streamOf(response: IncomingMessage): TestStream {
  const stream: TestStream = {
    status: response.statusCode!,
    headers: response.headers,
    events: [],
    body: '',
    changes: () => stream.events.filter(({ event }) => event !== 'ping').map(({ data }) => data),
    until: (condition, withinMs = WITHIN_MS) =>
      eventually(() => condition(stream), withinMs).catch((cause) => {
        throw new Error(`It did not come. What came: ${JSON.stringify(stream.events)}`, { cause });
      }),
    ended: new Promise((resolve) => {
      response.once('close', () => resolve(response.complete));
      response.once('error', () => resolve(false));
    }),
    response,
    close: () => void response.destroy(),
  };
  return stream;
}

function listen(stream: TestStream, response: IncomingMessage): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (piece: string) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop()!;
    stream.events.push(...blocks.flatMap(eventOf));
  });
}

/** HTML Living Standard §9.2.6, as far as it is used here. */
function eventOf(block: string): StreamEvent[] {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
  if (fields.data === undefined) return [];
  return [{ event: fields.event, id: fields.id, data: JSON.parse(fields.data) }];
}

/** The whole events of an answer that was cut off somewhere. */
export const eventsIn = (answer: string): StreamEvent[] => answer.split('\n\n').slice(0, -1).flatMap(eventOf);

/** An answer to its end or, of a stream, to its first ping: then everything that was there has been told. */
export async function readToPing(response: IncomingMessage): Promise<Buffer> {
  if (!response.headers['content-type']?.startsWith('text/event-stream')) return buffer(response);
  const pieces: Buffer[] = [];
  for await (const piece of response) {
    pieces.push(piece);
    // to its end, which may come in another piece
    if (/event: ping\n.*?\n\n/s.test(Buffer.concat(pieces).toString())) break;
  }
  return Buffer.concat(pieces);
}
