import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Request, Response } from 'express';
import { unavailable } from '../core/problem.ts';
import type { Siblings } from '../core/siblings.ts';
import { CLIENT, CONNECTION, CUT } from './passed.on.ts';

/** Lets another process answer a request, which has no body. Throws 503 if that process is away. */
export type PassOn = (req: Request, res: Response) => Promise<void>;

/** Of one connection: RFC 9110 §7.6.1. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

interface Line {
  id: string;
  agent: Agent;
  isAnswering: boolean;
}

/**
 * Each connection of a client has one of its own to the other process, which ends as that of the client ends. What the
 * client did not receive is known only here: the other process is told before its connection ends.
 */
export function passOnTo(socketPath: string, siblings: Siblings): PassOn {
  const lines = new WeakMap<Socket, Line>();

  function lineOf(client: Socket): Line {
    const known = lines.get(client);
    if (known) return known;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const line = { id: randomUUID(), agent, isAnswering: false };
    lines.set(client, line);
    client.once('close', async (hadError) => {
      if (hadError || line.isAnswering) await siblings.ask(CUT, line.id);
      agent.destroy();
    });
    return line;
  }

  return async (req, res) => {
    const line = lineOf(req.socket);
    line.isAnswering = true;
    res.once('finish', () => {
      line.isAnswering = false;
    });
    const headers = {
      ...without(req.headers),
      'x-request-id': req.id,
      [CLIENT]: req.socket.remoteAddress,
      [CONNECTION]: line.id,
    };
    const { agent } = line;
    const asked = request({ socketPath, agent, method: req.method, path: req.originalUrl, headers }).end();
    const [answer] = (await once(asked, 'response').catch(() => {
      throw unavailable(1, 'files-away');
    })) as [IncomingMessage];
    // an answer that breaks off breaks off for the client, too
    asked.on('error', () => res.destroy());
    answer.on('error', () => res.destroy());
    if (res.headersSent || res.closed) return;
    res.statusCode = answer.statusCode!;
    for (const [name, value] of pairsOf(answer.rawHeaders))
      if (!HOP_BY_HOP.has(name.toLowerCase())) res.setHeader(name, value);
    answer.pipe(res);
    await once(res, 'close');
  };
}

/** Names and values in turn, as they were written. */
const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1]!] as [string, string]] : []));

const without = (headers: NodeJS.Dict<string | string[]>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
