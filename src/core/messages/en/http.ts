import type { Noun } from '../message.params.ts';
import { list, nouns } from './words.ts';

/** Requests, whatever they ask for. */
export const http = {
  'not-found': ({ noun, id }: { noun: Noun; id: string }) => `There is no ${nouns[noun]} with id ${id}.`,
  'path-unknown': ({ method, path }: { method: string; path: string }) =>
    `Nothing is served at ${method} ${path}.`,
  'method-not-allowed': ({
    method,
    path,
    allowed,
  }: {
    method: string;
    path: string;
    allowed: readonly string[];
  }) => `${method} is not possible at ${path}; possible are ${list(allowed)}.`,
  'not-http': () => 'This is not an HTTP/1.1 request.',
  'head-too-large': ({ bytes }: { bytes: number }) =>
    `The address and the headers together may have at most ${bytes} bytes. Shorten the address.`,
  'head-too-slow': () => 'The request did not arrive within the time allowed.',
  'path-encoding': ({ reason }: { reason: string }) => `The path is not valid percent-encoding. ${reason}.`,
  'host-invalid': ({ address }: { address: string }) =>
    `${address} is not a valid address. Check the header Host.`,
  'request-refused': ({ reason }: { reason: string }) => reason,

  'body-missing': () => 'The request has no body, but this operation needs one.',
  'body-too-large': ({ bytes }: { bytes: number }) =>
    `The body is longer than ${bytes} bytes, the limit of this operation.`,
  'body-too-slow': ({ seconds }: { seconds: number }) => `The body did not arrive within ${seconds} seconds.`,
  'body-broken': ({ reason }: { reason: string }) => `The compressed body is broken: ${reason}.`,
  'body-encoding': ({ reason }: { reason: string }) => `${reason}. Send UTF-8, plain, gzip, deflate or br.`,
  'body-not-json': ({ reason }: { reason: string }) => `The body is not valid JSON: ${reason}.`,
  'body-breaks-off': ({ line, column, reason }: { line: number; column: number; reason: string }) =>
    `The body is not valid JSON at line ${line}, column ${column}: ${reason}.`,
  'content-type-missing': ({ accepted }: { accepted: readonly string[] }) =>
    `The Content-Type is missing; this operation takes ${list(accepted)}.`,
  'content-type-wrong': ({ given, accepted }: { given: string; accepted: readonly string[] }) =>
    `The Content-Type is ${given}; this operation takes ${list(accepted)}.`,

  'version-stale': ({ ifMatch, version }: { ifMatch: string; version: string }) =>
    `If-Match is ${ifMatch}, but the newest version is "${version}". Read it again (a zone with ?revision=latest), repeat your change and send the new ETag.`,
  'version-of-nothing': ({ ifMatch }: { ifMatch: string }) =>
    `If-Match is ${ifMatch}, but nothing is here yet. Leave If-Match out to create something.`,
  'already-there': () =>
    'If-None-Match is *, but something is here already. Leave it out to change what is there.',
  'range-too-far': ({ range, bytes }: { range: string; bytes: number }) =>
    `The file has ${bytes} bytes, and ${range} lies beyond its end.`,
  'no-ranges-here': () =>
    'This answer is made again for each request, so it cannot be resumed. Download it again from its beginning. Whole layers as f=fgb, f=gpkg and f=parquet can be resumed.',
  'file-version-unknown': () =>
    'It is not known here which version of the file you have. Resume at the address that the download was redirected to, or send its ETag as If-Range, or download it again from its beginning.',
  'cursor-foreign': () =>
    'The cursor belongs to another list or is malformed. Follow the `next` link of a page, or leave the cursor out.',

  'requests-too-many': ({ seconds }: { seconds: number }) =>
    `You sent more requests in the last minute than the limit allows. Try again in ${seconds} seconds.`,
  'answer-too-slow': ({ seconds }: { seconds: number }) =>
    `The answer took longer than ${seconds} seconds. Ask for less, or try again later.`,
  'service-failed': () => 'The service failed. If this happens again, report the requestId.',
  restored: () => 'restored',
  'not-ready': () => 'The service is not ready.',
  'not-ready-because': ({ reasons }: { reasons: readonly string[] }) =>
    `The service is not ready: ${list(reasons)}.`,
};
