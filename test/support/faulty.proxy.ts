import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What lies between a browser and the service may do to requests and answers, to show that a test would notice. */
export type Fault =
  | 'event dropped'
  | 'consent ignored'
  | 'catalogue swapped'
  | 'stale list'
  | 'write lost behind 201';

export interface FaultyProxy {
  url: string;
  fault: Fault | undefined;
  /** The service is elsewhere from now on. */
  move(port: number): void;
  /** Breaks every connection and refuses new ones, as a network that is cut. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Passes everything on as it is, but for the fault that is planted. */
export async function faultyProxy(port: number): Promise<FaultyProxy> {
  const state = { port, isCut: false };
  const sockets = new Set<Socket>();
  const lists = new Map<string, Buffer>();
  const server = createServer((req, res) => {
    const { fault } = proxy;
    if (fault && answersItself(fault, req)) void pretend(req, res);
    else passOn({ req, res, port: state.port, fault, lists });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    if (state.isCut) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: undefined,
    move: (to) => {
      state.port = to;
    },
    cut: () => {
      state.isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      state.isCut = false;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

const IGNORED: Partial<Record<Fault, RegExp>> = {
  'consent ignored': /\/consents$/,
  'write lost behind 201': /\/incidents\/[0-9a-f-]{36}$/,
};

const answersItself = (fault: Fault, { method, url = '' }: IncomingMessage): boolean =>
  method !== 'GET' && (IGNORED[fault]?.test(url) ?? false);

/** 201 with what was sent, and nothing is written. */
async function pretend(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  res.writeHead(201, { 'Content-Type': 'application/json', ETag: '"1"' }).end(Buffer.concat(chunks));
}

interface Passing {
  req: IncomingMessage;
  res: ServerResponse;
  port: number;
  fault: Fault | undefined;
  lists: Map<string, Buffer>;
}

function passOn({ req, res, port, fault, lists }: Passing): void {
  const { method, url = '', headers } = req;
  const isChanged = fault !== undefined && method === 'GET' && CHANGED[fault]?.test(url);
  const onward = request({
    host: '127.0.0.1',
    port,
    method,
    path: url,
    headers: plainly(headers, isChanged),
  });
  onward.on('error', () => res.destroy());
  res.on('close', () => onward.destroy());
  onward.on('response', (answer) => {
    const { 'content-length': _, ...others } = answer.headers;
    res.writeHead(answer.statusCode!, isChanged ? others : answer.headers);
    res.flushHeaders();
    if (!isChanged) answer.pipe(res);
    else if (fault === 'event dropped') withoutEvents(answer, res);
    else
      void changed(answer, res, (body) => (fault === 'stale list' ? first(lists, url, body) : swapped(body)));
  });
  req.pipe(onward);
}

const CHANGED: Partial<Record<Fault, RegExp>> = {
  'event dropped': /\/stream/,
  'stale list': /\/v1\/incidents\?/,
  'catalogue swapped': /\/console\/.*\.js$/,
};

/** What is to be changed comes without compression and as a whole. */
function plainly(headers: IncomingMessage['headers'], isChanged = false): IncomingMessage['headers'] {
  if (!isChanged) return headers;
  const { 'if-none-match': _, ...others } = headers;
  return { ...others, 'accept-encoding': 'identity' };
}

async function changed(
  answer: IncomingMessage,
  res: ServerResponse,
  change: (body: Buffer) => Buffer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  res.end(change(Buffer.concat(chunks)));
}

function first(lists: Map<string, Buffer>, url: string, body: Buffer): Buffer {
  if (!lists.has(url)) lists.set(url, body);
  return lists.get(url)!;
}

/** Fire is called flood, in every language. */
function swapped(body: Buffer): Buffer {
  const text = body.toString();
  return Buffer.from(
    text
      .replaceAll(/\bfire:/g, 'was_fire:')
      .replaceAll(/\bflood:/g, 'fire:')
      .replaceAll('was_fire:', 'flood:'),
  );
}

/** Pings alone. */
function withoutEvents(answer: IncomingMessage, res: ServerResponse): void {
  let rest = '';
  answer.on('data', (chunk: Buffer) => {
    const blocks = (rest + chunk.toString()).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks)
      if (!/^event: (change|alert|distress)/m.test(block)) res.write(`${block}\n\n`);
  });
  answer.on('end', () => res.end());
}
