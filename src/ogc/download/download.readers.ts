import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../core/caller.ts';

interface GivenVersion {
  version: string;
  /** Whether this reader was given another version before. */
  isOneOfSeveral: boolean;
  isCut: boolean;
}

const MOST_READERS = 10_000;
const REMEMBERED_MS = 86_400_000;

/**
 * The version of a file that each client was given. Clients that resume (curl, wget) or read parts (GDAL) ask the address
 * without version and send no If-Range, so nothing but this says which file they go on with.
 */
export function readerMemory() {
  const given = new LRUCache<string, GivenVersion>({ max: MOST_READERS, ttl: REMEMBERED_MS });
  return {
    note(reader: string, version: string): void {
      const earlier = given.get(reader);
      const isOneOfSeveral = earlier !== undefined && (earlier.isOneOfSeveral || earlier.version !== version);
      given.set(reader, { version, isOneOfSeveral, isCut: earlier?.version === version && earlier.isCut });
    },
    noteCut(reader: string, version: string): void {
      const last = given.get(reader);
      if (last?.version === version) last.isCut = true;
    },
    /** The reader knows that what it has is void. */
    forget: (reader: string) => void given.delete(reader),
    last: (reader: string): string | undefined => given.get(reader)?.version,
    /** Undefined unless the reader can have the beginning of no other version. */
    cut(reader: string): string | undefined {
      const last = given.get(reader);
      return last?.isCut && !last.isOneOfSeveral ? last.version : undefined;
    },
  };
}

export type ReaderMemory = ReturnType<typeof readerMemory>;

/** A client at the address of a file: its key or network address, and its program. */
export function readerOf({ keyId, subject, share }: Caller, { ip, headers }: Request, address: string) {
  const names = [keyId ?? subject ?? share ?? ip, headers['user-agent'], address];
  return hash('sha256', JSON.stringify(names), 'base64url');
}

const lastAnswers = new WeakMap<Socket, () => void>();

/** Calls `tell` if the answer does not reach its reader completely. */
export function onCut({ res, socket }: Request, tell: () => void): void {
  res!.once('close', () => {
    if (!res!.writableFinished) tell();
  });
  // a reader that dies resets the connection: what the kernel still held is lost
  if (!lastAnswers.has(socket))
    socket.once('close', (hadError) => {
      if (hadError) lastAnswers.get(socket)?.();
    });
  lastAnswers.set(socket, tell);
}
