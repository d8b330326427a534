import type { Noun } from '../message.params.ts';
import type { Message, Say } from '../message.ts';
import { list, nouns } from './words.ts';

/** Faults of the input: the end of a sentence that begins with the name of the field. */
export const input = {
  /** The whole of them, for `detail`: the first, and how many follow. */
  'input-invalid': (
    { in: place, path, fault, more }: { in: string; path: string; fault: Message; more: number },
    say: Say,
  ) => `${place}${path && ` ${path}`}: ${say(fault)}${more > 0 ? ` (and ${more} more, see errors)` : ''}`,

  required: () => 'is required',
  'unknown-name': ({ known }: { known: readonly string[] }) =>
    known.length > 0 ? `is not known; known are ${list(known)}` : 'is not known; this operation takes none',
  'name-reserved': () => 'is not known',
  'wrong-type': ({ expected }: { expected: string }) => `must be ${KINDS[expected] ?? expected}`,
  'too-small': ({ minimum }: { minimum: number | string }) => `must be at least ${minimum}`,
  'too-large': ({ maximum }: { maximum: number | string }) => `must be at most ${maximum}`,
  'not-above': ({ limit }: { limit: number | string }) => `must be more than ${limit}`,
  'not-below': ({ limit }: { limit: number | string }) => `must be less than ${limit}`,
  'too-short': ({ minimum, unit }: { minimum: number; unit: Unit }) =>
    `must have at least ${minimum} ${unit}`,
  'too-long': ({ maximum, unit }: { maximum: number; unit: Unit }) => `must have at most ${maximum} ${unit}`,
  'wrong-length': ({ exactly, unit }: { exactly: number; unit: Unit }) =>
    `must have exactly ${exactly} ${unit}`,
  'wrong-number': ({ exactly }: { exactly: number | string }) => `must be exactly ${exactly}`,
  'not-allowed': ({ allowed }: { allowed: readonly string[] }) =>
    allowed.length === 1 ? `must be ${allowed[0]}` : `must be one of ${list(allowed)}`,
  'wrong-format': ({ format }: { format: string }) => `must be ${FORMATS[format] ?? `a valid ${format}`}`,
  'wrong-start': ({ prefix }: { prefix: string }) => `must begin with ${prefix}`,
  'wrong-end': ({ suffix }: { suffix: string }) => `must end with ${suffix}`,
  'lacks-text': ({ text }: { text: string }) => `must contain ${text}`,
  'wrong-pattern': ({ pattern }: { pattern: string }) => `must match ${pattern}`,
  'not-multiple': ({ divisor }: { divisor: number | string }) => `must be a multiple of ${divisor}`,
  'no-variant': () => 'matches none of the allowed forms',
  'phrase-without-words': () => 'must hold a letter or a digit',
  invalid: () => 'is not valid',

  'given-often': ({ times }: { times: number }) => `is given ${times} times, give it once`,
  'nested-too-deep': ({ levels }: { levels: number }) => `is nested deeper than ${levels} levels`,
  'holds-nul': () => 'must not hold the character NUL (U+0000)',
  'holds-half-surrogate': () => 'must not hold half a surrogate pair',
  'id-of-other-path': ({ id }: { id: string }) => `${id} is not the id of the path`,
  'no-such': ({ noun, id }: { noun: Noun; id: string }) => `there is no ${nouns[noun]} with id ${id}`,
};

type Unit = 'characters' | 'entries';

const KINDS: Record<string, string> = {
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
  date: 'a date',
  null: 'null',
  undefined: 'left out',
  never: 'left out',
};

const FORMATS: Record<string, string> = {
  datetime: 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  time: 'a time such as 12:00:00',
  duration: 'an ISO 8601 duration such as P1D',
  uuid: 'a UUID',
  email: 'an e-mail address',
  url: 'a URL',
};
