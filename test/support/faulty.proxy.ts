import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What lies between a browser and the service may do to requests and answers, to show that a test would notice. */
export type Fault =
  | 'event dropped'
  | 'sound muted'
  | 'consent ignored'
  | 'catalogue swapped'
  | 'stale list'
  | 'write lost behind 201';

export interface FaultyProxy {
  url: string;
  fault: Fault | undefined;
  /** The service is elsewhere from now on, and every connection ends. */
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
    else passOn({ req, res, port: state.port, faultNow: () => proxy.fault, lists });
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
      for (const socket of sockets) socket.destroy();
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
  /** What is planted while the answer is passed on, too: a stream is open for long. */
  faultNow: () => Fault | undefined;
  lists: Map<string, Buffer>;
}

function passOn({ req, res, port, faultNow, lists }: Passing): void {
  const { method, url = '', headers } = req;
  const fault = faultNow();
  const isStream = method === 'GET' && STREAM.test(url);
  const change = method === 'GET' ? changeOf({ url, who: headers.cookie ?? '', fault, lists }) : undefined;
  const isChanged = isStream || change !== undefined;
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
    // a service that is killed does not end its answers
    answer.on('close', () => answer.complete || res.destroy());
    if (isStream) passEvents(answer, res, () => faultNow() === 'event dropped');
    else if (change) void changed(answer, res, change).catch(() => res.destroy());
    else answer.pipe(res);
  });
  req.pipe(onward);
}

const STREAM = /\/stream/;
const LIST = /\/v1\/incidents\?/;
const SCRIPT = /\/console\/.*\.js$/;

interface Passed {
  url: string;
  who: string;
  fault: Fault | undefined;
  lists: Map<string, Buffer>;
}

function changeOf({ url, who, fault, lists }: Passed): ((body: Buffer) => Buffer) | undefined {
  if (LIST.test(url))
    return (body) => (fault === 'stale list' ? known(lists, who + url, body) : kept(lists, who + url, body));
  if (!SCRIPT.test(url)) return undefined;
  if (fault === 'catalogue swapped') return swapped;
  return fault === 'sound muted' ? muted : undefined;
}

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

/** As the list was before the fault. */
const known = (lists: Map<string, Buffer>, which: string, body: Buffer): Buffer => lists.get(which) ?? body;

function kept(lists: Map<string, Buffer>, which: string, body: Buffer): Buffer {
  lists.set(which, body);
  return body;
}

/** Everything that has a volume is silent. */
const muted = (body: Buffer): Buffer =>
  Buffer.from(body.toString().replaceAll(/\.gain\.value\s*=(?!=)/g, '.gain.value=0*'));

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

/** Of the events pings alone, while the others are dropped. */
function passEvents(answer: IncomingMessage, res: ServerResponse, areDropped: () => boolean): void {
  let rest = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks)
      if (!areDropped() || !/^event: (change|alert|distress)/m.test(block)) res.write(`${block}\n\n`);
  });
  answer.on('end', () => res.end());
}
