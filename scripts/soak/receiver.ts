import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A delivered alert. */
export interface Delivered {
  id: string;
  properties: { agency: string; subscriptions: string[]; incident: string; at: string };
}

export interface Receiver {
  /** The webhook URL of an agency. */
  urlOf(agency: string): string;
  /** By agency, in order of arrival, with duplicates. */
  received: Map<string, Delivered[]>;
  /** Number of resets, by agency. */
  resets: Map<string, number>;
  close(): void;
}

interface Message {
  type: string;
  data: Delivered & { challenge?: string };
}

/** Receives the service's deliveries. */
export async function openReceiver(): Promise<Receiver> {
  const received = new Map<string, Delivered[]>();
  const resets = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const agency = request.url!.slice(1);
    const { type, data } = (await json(request)) as Message;
    const isChallenge = type === 'verification';
    if (type === 'reset') resets.set(agency, (resets.get(agency) ?? 0) + 1);
    else if (!isChallenge) received.set(agency, (received.get(agency) ?? []).concat(data));
    response
      .setHeader('Content-Type', 'application/json')
      .end(isChallenge ? JSON.stringify({ challenge: data.challenge }) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (agency) => `http://127.0.0.1:${port}/${agency}`,
    received,
    resets,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
