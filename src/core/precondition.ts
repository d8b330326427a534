import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { message } from './catalogue.ts';
import type { Message } from './messages/message.ts';
import { Problem } from './problem.ts';
import type { World } from './world.ts';

/** JSON from the database, with its version. */
export interface Versioned {
  feature: string;
  version: string;
}

const VERSION_END = '.';

/**
 * The strong ETag of an answer: the version, which If-Match is compared with, then a dot and a hash of the answer if that
 * shows more than the resource itself.
 */
export const tagOf = (version: string, more?: string): string =>
  more === undefined ? `"${version}"` : `"${version}${VERSION_END}${hash('sha1', more, 'base64url')}"`;

/** A request, as far as its preconditions go. */
interface ConditionalRequest {
  headers: IncomingHttpHeaders;
  res?: { locals: { exercise?: World } } | undefined;
}

const WORLD_END = ':';

/** A version in an exercise begins with its id, so that a version of another world matches nothing here. */
const versionIn = (exercise: World | undefined, version: string): string =>
  exercise ? exercise.id + WORLD_END + version : version;

/** The ETag, strong or weak, as the world of the request writes it. */
export const tagIn = (exercise: World | undefined, tag: string): string =>
  exercise ? tag.replace('"', `"${versionIn(exercise, '')}`) : tag;

/** The ETag without its world; undefined: it is of another world. */
export function tagWithoutWorld(exercise: World | undefined, tag: string): string | undefined {
  if (!exercise) return tag;
  const beginning = tagIn(exercise, '"');
  return tag.startsWith(beginning) ? `"${tag.slice(beginning.length)}` : undefined;
}

/** Throws 412 unless the request is meant for this version; undefined: the caller sees no such resource. */
export type Precondition = (version: string | undefined) => void;

// RFC 9110 §13.1.1: weak tags never match
const TAG = /(W\/)?"([^"]*)"/g;

/** The precondition of a request: always true without If-Match and If-None-Match. */
export function preconditionOf({ headers, res }: ConditionalRequest): Precondition {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  return (current) => {
    const version = current === undefined ? undefined : versionIn(res?.locals.exercise, current);
    if (ifMatch !== undefined && !matches(ifMatch, version)) throw changedSince(ifMatch, version);
    if (ifNoneMatch?.trim() === '*' && version !== undefined) throw isThere();
  };
}

export const hasIfMatch = ({ headers }: { headers: IncomingHttpHeaders }): boolean =>
  headers['if-match'] !== undefined;

function matches(ifMatch: string, version: string | undefined): boolean {
  if (version === undefined || ifMatch.trim() === '*') return version !== undefined;
  return [...ifMatch.matchAll(TAG)].some(
    ([, weak, tag]) => weak === undefined && tag!.split(VERSION_END, 1)[0] === version,
  );
}

const failed = (says: Message) => new Problem({ status: 412, slug: 'precondition-failed', says });

const changedSince = (ifMatch: string, version: string | undefined) =>
  failed(
    version === undefined
      ? message('version-of-nothing', { ifMatch })
      : message('version-stale', { ifMatch, version }),
  );

const isThere = () => failed(message('already-there'));
