import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface BenchReceiver {
  url: string;
  /** Called with the incident of each alert that arrives. */
  onTold(listener: (incident: string) => void): void;
  close(): void;
}

interface Message {
  type: string;
  data: { challenge?: string; properties?: { incident: string } };
}

/** Accepts every message at once, and answers challenges. */
export async function openReceiver(): Promise<BenchReceiver> {
  let told = (_incident: string) => {};
  const server = createServer(async (request, response) => {
    const { type, data } = (await json(request)) as Message;
    const isChallenge = type === 'verification';
    if (!isChallenge) told(data.properties!.incident);
    response
      .setHeader('Content-Type', 'application/json')
      .end(isChallenge ? JSON.stringify({ challenge: data.challenge }) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    onTold: (listener) => {
      told = listener;
    },
    close: () => void server.close(),
  };
}
