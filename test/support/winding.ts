import type { ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Express, RequestHandler } from 'express';

type Ring = [number, number][];

const AREA = /\\?"type\\?"\s*:\s*\\?"(Multi)?Polygon\\?"\s*,\s*\\?"coordinates\\?"\s*:\s*(?=\[)/g;
const NO_AREA = 1e-10; // square degrees: a sliver may turn over when its positions are rounded
const LONGEST_HEAD = 100; // characters of what AREA matches
const TEXTS = /[/+](json|ndjson)|event-stream/;

const UNPACK: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};

/**
 * Breaks off every answer with a GeoJSON area whose rings are wound against RFC 7946 §3.1.6, and says so on standard
 * error: outer rings are counterclockwise, holes clockwise.
 */
export function watchWinding(app: Express): Express {
  const watched = app as unknown as { handle: RequestHandler };
  const handle = watched.handle.bind(app);
  watched.handle = (request, response, next) => {
    watch(response, `${request.method} ${request.originalUrl ?? request.url}`);
    return handle(request, response, next);
  };
  return app;
}

/** The first ring of a text that is wound wrongly, and what may go on in the next text. */
export function findWrongRing(text: string, isLatitudeFirst = false): { ring?: Ring; rest: string } {
  let end = 0;
  for (const match of text.matchAll(AREA)) {
    const start = match.index + match[0].length;
    const stop = endOfList(text, start);
    if (stop === undefined) return { rest: text.slice(match.index) };
    end = stop;
    const coordinates = JSON.parse(text.slice(start, stop));
    const polygons: Ring[][] = match[1] ? coordinates : [coordinates];
    const ring = polygons
      .flatMap((rings) => rings.filter((one, n) => isWrong(one, n, isLatitudeFirst)))
      .at(0);
    if (ring) return { ring, rest: '' };
  }
  return { rest: text.slice(Math.max(end, text.length - LONGEST_HEAD)) };
}

function isWrong(ring: Ring, n: number, isLatitudeFirst: boolean): boolean {
  // lists with words or references instead of positions are schemas
  if (!ring.every((position) => Array.isArray(position) && position.every(Number.isFinite))) return false;
  const area = signedArea(ring) * (isLatitudeFirst ? -1 : 1) * (n === 0 ? 1 : -1);
  return area < -NO_AREA;
}

/** In the units of the positions, positive if counterclockwise; from the first position, to keep digits. */
function signedArea(ring: Ring): number {
  const [x0, y0] = ring[0]!;
  return ring.slice(1).reduce((sum, [x, y], i) => {
    const [px, py] = ring[i]!;
    return sum + ((px - x0) * (y - y0) - (x - x0) * (py - y0)) / 2;
  }, 0);
}

function endOfList(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']' && --depth === 0) return i + 1;
  }
  return undefined;
}

function watch(response: ServerResponse, request: string): void {
  const { write, end } = response;
  const packed: Buffer[] = [];
  let rest = '';

  const inspect = (bytes: Buffer) => {
    const isLatitudeFirst = /EPSG\/0\/4326/.test(String(response.getHeader('Content-Crs')));
    const found = findWrongRing(rest + bytes, isLatitudeFirst);
    rest = found.rest;
    if (!found.ring) return;
    process.stderr.write(`${request} answers a ring with the wrong winding: ${JSON.stringify(found.ring)}\n`);
    response.destroy();
  };
  const take = (chunk: unknown, isLast: boolean) => {
    if (!TEXTS.test(String(response.getHeader('Content-Type')))) return;
    const bytes =
      typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
    const unpack = UNPACK[String(response.getHeader('Content-Encoding'))];
    if (!unpack) return inspect(bytes);
    packed.push(bytes);
    if (isLast) inspect(unpack(Buffer.concat(packed)));
  };

  response.write = ((...given: Parameters<typeof write>) => {
    take(given[0], false);
    return write.apply(response, given);
  }) as typeof write;
  response.end = ((...given: Parameters<typeof end>) => {
    take(given[0], true);
    return end.apply(response, given);
  }) as typeof end;
}
