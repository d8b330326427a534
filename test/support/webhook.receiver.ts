import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { findWrongRing } from './winding.ts';

export interface Received {
  path: string;
  headers: Record<string, string>;
  /** As they came, spelling and order included. */
  rawHeaders: string[];
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent
  body: any;
}

/** What a receiver does with a delivery. */
export interface Behaviour {
  status?: number;
  headers?: Record<string, string>;
  afterMs?: number;
  text?: string;
  /** `reset`: the connection breaks off; `die`: it breaks when the request has been taken; `hang`: nothing ever comes. */
  breaks?: 'reset' | 'die' | 'hang';
}

export type Conduct = (received: Received, times: number) => Behaviour;

export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

/** An endpoint that keeps what comes, and answers as a test wants it to. It takes every challenge. */
export async function openReceiver(conduct: Conduct = () => ({})) {
  const received: Received[] = [];
  const challenges: Received[] = [];
  const times = new Map<string, number>();
  let behave = conduct;
  let mayVerify = true;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one = await read(request);
    if (findWrongRing(one.text).ring)
      return void response.writeHead(422).end('A ring has the wrong winding.');
    if (one.body.type === 'verification') {
      challenges.push(one);
      if (!mayVerify) return void response.writeHead(403).end();
      return void response.end(JSON.stringify({ challenge: one.body.data.challenge }));
    }
    received.push(one);
    const id = one.headers['webhook-id']!;
    times.set(id, (times.get(id) ?? 0) + 1);
    const { status = 204, headers, afterMs = 0, text, breaks } = behave(one, times.get(id)!);
    if (afterMs > 0) await sleep(afterMs);
    if (breaks === 'hang') return;
    if (breaks === 'reset') return void request.socket.resetAndDestroy();
    if (breaks === 'die') return void request.socket.destroy();
    response.writeHead(status, headers).end(text);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: `http://127.0.0.1:${port}/hook`,
    received,
    challenges,
    /** Alerts in the order in which they were taken, each once. */
    alerts: () => [...new Set(received.map(({ body }) => body.data.id as string))],
    conduct(next: Conduct) {
      behave = next;
    },
    refuseChallenges(refuses: boolean) {
      mayVerify = !refuses;
    },
    until: (condition: () => boolean, withinMs?: number): Promise<void> =>
      eventually(condition, withinMs).catch((cause) => {
        throw new Error(`It did not come; ${received.length} came.`, { cause });
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return {
    path: request.url!,
    headers: request.headers as Record<string, string>,
    rawHeaders: request.rawHeaders,
    text,
    body: JSON.parse(text),
  };
}
