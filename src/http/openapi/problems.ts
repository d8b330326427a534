import { STATUS_CODES } from 'node:http';
import { LANGUAGES } from '../../core/vocabulary.ts';
import { HTML } from '../negotiation.ts';
import type { Operation } from '../operation.ts';
import { ProblemDocument } from '../problem.schema.ts';
import type { Json, SchemaBook } from './schemas.ts';

/** Described once: every problem and every page has it. */
const CONTENT_LANGUAGE = {
  description:
    'Language of the texts of a problem or page: what the header Accept-Language prefers, or else English.',
  schema: { type: 'string', enum: LANGUAGES },
};

/** Problems of any operation, any with a key or any with a body; documented once. */
const OTHERS = [401, 403, 408, 413, 415, 429];

/** The operation's own problems, plus those of its kind. */
function problemStatuses({ problems, params, query, body, streams }: Operation): number[] {
  const isParsed = [params, query, body, streams].some((part) => part !== undefined);
  const all = new Set([...problems, ...(isParsed ? [400] : [])]);
  return [...all].filter((status) => !OTHERS.includes(status)).sort((one, other) => one - other);
}

export const problemReferences = (op: Operation): Json => ({
  ...Object.fromEntries(problemStatuses(op).map((status) => [status, referenceTo(`${status}`)])),
  default: referenceTo('Problem'),
});

// short names, because a hundred operations repeat them
const referenceTo = (name: string) => ({ $ref: `#/components/responses/${name}` });

export function problemResponses(operations: readonly Operation[], book: SchemaBook): Json {
  // a page for browsers, whatever they requested
  const content = {
    'application/problem+json': { schema: book.describe(ProblemDocument, 'output') },
    [HTML.mediaType]: {},
  };
  const statuses = [...new Set(operations.flatMap(problemStatuses))].sort((one, other) => one - other);
  const shared = statuses.map((status) => [
    `${status}`,
    { description: `${STATUS_CODES[status]}.`, content },
  ]);
  return {
    ...Object.fromEntries(shared),
    Problem: {
      description: `Any other problem, such as ${OTHERS.join(', ')}.`,
      headers: { 'Content-Language': CONTENT_LANGUAGE },
      content,
    },
  };
}
