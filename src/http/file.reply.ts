import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { message } from '../core/catalogue.ts';
import { tagIn } from '../core/precondition.ts';
import { Problem, unavailable } from '../core/problem.ts';
import { exerciseOf } from './exercise.answer.ts';
import { isNotModified } from './range.ts';

/** Bytes of a known length. */
export interface FileBody {
  handle: FileHandle;
  size: number;
  /** Strong: equal ETags mean equal bytes. */
  etag: string;
  /** Whether the address of the request has no other bytes, so that it may serve ranges. */
  hasRanges: boolean;
  /** Asked before each piece: false ends the answer, because the file has a row that is hidden by now. */
  isCurrent(): boolean;
  /** Call when the answer has ended or will not happen. */
  release(): void;
}

interface ByteRange {
  start: number;
  end: number;
}

/** The file or a range of it: RFC 9110 §14. Other headers are already set. */
export async function sendFile(file: FileBody, req: Request, res: Response): Promise<void> {
  const { size, etag, hasRanges } = file;
  requireCurrent(file);
  const tag = tagIn(exerciseOf(req), etag);
  res.setHeader('ETag', tag);
  res.setHeader('Accept-Ranges', hasRanges ? 'bytes' : 'none');
  if (isNotModified(req, etag)) return sendNotModified(res);
  const part = hasRanges ? partOf(req, size, tag) : undefined;
  if (part) res.status(206).setHeader('Content-Range', `bytes ${part.start}-${part.end}/${size}`);
  const { start, end } = part ?? { start: 0, end: size - 1 };
  res.setHeader('Content-Length', end - start + 1);
  if (req.method === 'HEAD') res.end();
  else await pipeline(Readable.from(bytesOf(file, { start, end }), { objectMode: false }), res);
}

export function sendNotModified(res: Response): void {
  res.removeHeader('Content-Type');
  res.status(304).end();
}

const BYTES_AT_ONCE = 1 << 18;

// not the handle's own stream: each one leaves a listener on the handle, which serves many reads
async function* bytesOf(file: FileBody, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  for (let at = start; at <= end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(BYTES_AT_ONCE, end + 1 - at));
    const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, at);
    requireCurrent(file);
    if (bytesRead === 0) throw new Error('A file of a download is shorter than it was.');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function requireCurrent({ isCurrent }: Pick<FileBody, 'isCurrent'>): void {
  if (!isCurrent()) throw unavailable(1, 'file-outdated');
}

/** undefined: the whole file, also for several ranges at once, which RFC 9110 §14.2 permits. */
function partOf(req: Request, size: number, etag: string): ByteRange | undefined {
  const { range: asked, 'if-range': ifRange } = req.headers;
  if (req.method !== 'GET' || asked === undefined) return undefined;
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const parts = req.range(size);
  if (parts === -1) throw unsatisfiable(asked, size);
  if (parts === undefined || parts === -2 || parts.type !== 'bytes' || parts.length !== 1) return undefined;
  return parts[0];
}

const unsatisfiable = (asked: string, size: number) =>
  new Problem({
    status: 416,
    slug: 'range-not-satisfiable',
    says: message('range-too-far', { range: asked, bytes: size }),
    headers: { 'Content-Range': `bytes */${size}` },
  });
