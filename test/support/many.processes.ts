import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Asking } from './http.client.ts';

/** The processes that a supervisor runs, in the order of their numbers. */
export const processesOf = (supervisor: number): number[] =>
  readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '')
    .map(Number)
    // others are helpers of the loader
    .filter((pid) => /\bserver?\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));

export interface Answered {
  status: number;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: answers of all operations
  json(): any;
}

type Asked = Pick<Asking, 'path' | 'method' | 'headers'> & { key?: string; body?: object };

/** Asks over a connection of its own: the processes take connections in turn. */
export async function askOnce(
  url: string,
  { path, method = 'GET', headers = {}, key, body }: Asked,
): Promise<Answered> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(url + path, {
      method,
      agent: new Agent(),
      headers: {
        ...headers,
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
    });
    asked.once('response', resolve).once('error', reject);
    asked.end(body && JSON.stringify(body));
  });
  const bytes = await buffer(answer);
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    bytes,
    json: () => JSON.parse(String(bytes)),
  };
}

/** The answers of all processes, each asked so many times. */
export const askEach = (url: string, processes: number, asked: Asked, times = 1): Promise<Answered[]> =>
  Promise.all(Array.from({ length: processes * times }, () => askOnce(url, asked)));
