import type { Request } from 'express';
import { message } from '../core/catalogue.ts';
import { tagIn } from '../core/precondition.ts';
import { Problem } from '../core/problem.ts';
import { exerciseOf } from './exercise.answer.ts';

/**
 * What a GET wants of a file (RFC 9110 §14.2). `rest`: everything after its first bytes, which clients ask for that resume
 * a download. `part`: bytes after the first ones, up to a named byte, as range readers ask. `start`: other ranges.
 */
export type AskedRange = 'start' | 'part' | 'rest' | undefined;

export function askedRange({ method, headers: { range } }: Request): AskedRange {
  if (method !== 'GET' || range === undefined) return undefined;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/i.exec(range.replace(/\s/g, '')) ?? [];
  if (Number(first ?? 0) === 0) return 'start';
  return last === '' ? 'rest' : 'part';
}

/**
 * Refuses to resume what has no ranges. curl and wget send no If-Range, and wget appends the end of whatever comes, even
 * if its beginning is different by now.
 */
export function refuseRest(request: Request): void {
  if (askedRange(request) === 'rest' && request.headers['if-range'] === undefined)
    throw notResumable('no-ranges-here');
}

export const notResumable = (code: 'no-ranges-here' | 'file-version-unknown') =>
  new Problem({ status: 428, slug: 'not-resumable', says: message(code) });

/** Whether If-None-Match has this tag, by weak comparison: RFC 9110 §13.1.2. */
export function isNotModified(request: Request, etag: string | undefined): boolean {
  const { method, headers } = request;
  const asked = headers['if-none-match'];
  if (asked === undefined || etag === undefined || !(method === 'GET' || method === 'HEAD')) return false;
  const ours = opaque(tagIn(exerciseOf(request), etag));
  return asked.trim() === '*' || asked.split(',').some((tag) => opaque(tag.trim()) === ours);
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');
