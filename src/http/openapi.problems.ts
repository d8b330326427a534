import { STATUS_CODES } from 'node:http';
import type { Json, SchemaBook } from './openapi.schemas.ts';
import type { Operation } from './operation.ts';
import { ProblemDocument } from './problem.schema.ts';

/**
 * What every operation of a kind may answer comes to what it documents itself; what any of them may (408, 429), and any
 * with a body (413, 415), is among the others.
 */
function problemStatuses({ problems, roles, body, streams }: Operation): number[] {
  const implied = [...(roles ? [401, 403] : []), ...(body || streams ? [400] : [])];
  return [...new Set([...problems, ...implied])].sort((one, other) => one - other);
}

export const problemReferences = (op: Operation): Json => ({
  ...Object.fromEntries(problemStatuses(op).map((status) => [status, referenceTo(responseName(status))])),
  default: referenceTo('Problem'),
});

const referenceTo = (name: string) => ({ $ref: `#/components/responses/${name}` });

// short, because nearly all of the document refers to them
const responseName = (status: number): string => String(status);

export function problemResponses(operations: readonly Operation[], book: SchemaBook): Json {
  const content = { 'application/problem+json': { schema: book.describe(ProblemDocument, 'output') } };
  const statuses = [...new Set(operations.flatMap(problemStatuses))].sort((one, other) => one - other);
  const shared = statuses.map((status) => [
    responseName(status),
    { description: `${STATUS_CODES[status]}.`, content },
  ]);
  return {
    ...Object.fromEntries(shared),
    Problem: { description: 'Any other problem, such as 408, 413, 415 and 429.', content },
  };
}
