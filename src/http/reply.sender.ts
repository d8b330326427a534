import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { tagIn } from '../core/precondition.ts';
import { basePathOf } from './api.path.ts';
import { exerciseOf } from './exercise.answer.ts';
import { sendFile, sendNotModified } from './file.reply.ts';
import { defaultStatus, type Operation } from './operation.ts';
import { isNotModified, refuseRest } from './range.ts';
import { JsonText, type Reply } from './reply.ts';

/** Awaited before the first byte leaves. */
type BeginAnswer = (isStream: boolean) => Promise<void> | undefined;

export async function sendReply(
  op: Operation,
  reply: Reply,
  req: Request,
  res: Response,
  mayBegin: BeginAnswer = async () => {},
): Promise<void> {
  const { body, file } = reply;
  if (file) return sendFileReply(op, reply, req, res, mayBegin);
  if (body !== undefined) refuseRest(req);
  if (body instanceof Readable) return sendStream(op, reply, body, res, mayBegin);
  await mayBegin(false);
  // the timeout may have answered the request meanwhile
  if (res.headersSent) return;
  const mediaType = writeHead(op, reply, res);
  if (body === undefined) res.end();
  else sendBytes(bytesOf(body, mediaType), req, res);
}

function writeHead(
  op: Operation,
  { status = defaultStatus(op), headers, location, mediaType, body, file }: Reply,
  res: Response,
) {
  const type = mediaType ?? op.responses[status]?.mediaType ?? 'application/json';
  res.statusCode = status;
  if (body !== undefined || file)
    res.setHeader('Content-Type', /^text\/[^;]+$/.test(type) ? `${type}; charset=utf-8` : type);
  for (const name in headers) res.setHeader(name, headers[name]!);
  if (headers?.ETag) res.setHeader('ETag', tagIn(exerciseOf(res.req), headers.ETag));
  if (location !== undefined) res.setHeader('Location', basePathOf(res.req) + location);
  return type;
}

function bytesOf(body: unknown, mediaType: string): Buffer {
  if (body instanceof JsonText) return body.bytes;
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (typeof body === 'string' && !isJson(mediaType)) return Buffer.from(body);
  return Buffer.from(JSON.stringify(body));
}

export const isJson = (mediaType: string): boolean => /[/+]json\b/.test(mediaType);

function sendBytes(bytes: Buffer, req: Request, res: Response): void {
  if (req.method === 'GET' || req.method === 'HEAD') {
    // Express adds the weak ETag of the bytes and answers 304
    res.send(bytes);
    return;
  }
  // no ETag: a hash of these bytes would be mistaken for the version that If-Match expects
  res.setHeader('Content-Length', bytes.length);
  res.end(bytes);
}

async function sendFileReply(
  op: Operation,
  reply: Reply,
  req: Request,
  res: Response,
  mayBegin: BeginAnswer,
): Promise<void> {
  const file = reply.file!;
  try {
    await mayBegin(false);
    if (res.headersSent || res.closed) return;
    writeHead(op, reply, res);
    await sendFile(file, req, res);
  } finally {
    file.release();
  }
}

async function sendStream(
  op: Operation,
  reply: Reply,
  body: Readable,
  res: Response,
  mayBegin: BeginAnswer,
): Promise<void> {
  if (isNotModified(res.req, reply.headers?.ETag)) {
    body.destroy();
    writeHead(op, reply, res);
    return sendNotModified(res);
  }
  // before the first bytes, a failure can still become a problem document
  await firstBytes(body);
  await mayBegin(true)?.catch((error) => {
    body.destroy();
    throw error;
  });
  if (res.headersSent || res.closed) {
    body.destroy();
    return;
  }
  writeHead(op, reply, res);
  if (res.req.method === 'HEAD') {
    body.destroy();
    res.end();
    return;
  }
  // HTTP/1.0 has no chunks, and takes a closed connection for the end
  if (res.req.httpVersion === '1.0') body.once('error', () => res.socket?.resetAndDestroy());
  await pipeline(body, res);
}

function firstBytes(body: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    if (body.errored) reject(body.errored);
    if (body.closed) resolve();
    const done = (error?: Error) => {
      body.off('readable', done).off('error', done).off('close', done);
      if (error) reject(error);
      else resolve();
    };
    body.once('readable', done).once('error', done).once('close', done);
  });
}
