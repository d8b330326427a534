import type { z } from 'zod';
import { badRequest, type Problem, unprocessable } from '../core/problem.ts';
import type { FieldError } from '../core/problem.types.ts';
import { got, UNION_FAULT, wording } from './input.messages.ts';

type Issue = z.core.$ZodIssue;
type InputPart = FieldError['in'];

// A body with a hundred thousand bad coordinates must not cause as many messages.
const MAX_ERRORS = 50;
const WORDS = { error: wording };
const SEMANTIC_PARAMS = ['semantic', 'personalData', 'topology'];

/** Checks a value, or throws a 400 that names its faults. `raw` is the caller's text. */
export function check(schema: z.ZodType, value: unknown, place: InputPart, raw: unknown = value): unknown {
  const parsed = schema.safeParse(value, WORDS);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, MAX_ERRORS)
    .flatMap((issue) => fieldErrors(issue, [], place, raw));
  throw invalidInput(errors, parsed.error.issues.every(isSemantic) ? 422 : 400);
}

/** Well-formed, but against a rule: schemas mark that in the `params` of a custom issue. */
const isSemantic = (issue: Issue): boolean =>
  issue.code === 'custom' && SEMANTIC_PARAMS.some((name) => issue.params?.[name] !== undefined);

/** The problem for known faults. */
export function invalidInput(errors: readonly FieldError[], status: 400 | 422 = 400): Problem {
  const { in: place, path, message } = errors[0]!;
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  const detail = `${place}${path && ` ${path}`}: ${message}${others}`;
  const shown = errors.slice(0, MAX_ERRORS);
  return status === 422 ? unprocessable('rule-broken', detail, shown) : badRequest(detail, shown);
}

function fieldErrors(issue: Issue, parent: PropertyKey[], place: InputPart, raw: unknown): FieldError[] {
  const path = [...parent, ...issue.path];
  const entry = (names: PropertyKey[], message: string) => ({
    in: place,
    path: names.map(String).join('.'),
    message,
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => entry([...path, key], issue.message));
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === UNION_FAULT)
    return nearest(issue.errors).flatMap((inner) => fieldErrors(inner, path, place, raw));
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => fieldErrors(inner, path, place, raw));
  // a body rule has its own wording: the value may be personal data that must not be repeated
  if (issue.code === 'custom' && place === 'body') return [entry(path, issue.message)];
  return [entry(path, withValue(issue.message, valueAt(raw, path)))];
}

/** Adds the value to a schema's own message if it does not name it. */
function withValue(message: string, value: unknown): string {
  const isNamed = message.includes('(got ') || message.includes(String(value)) || value === undefined;
  return isNamed ? message : message + got(value);
}

/** The union branch that the value matches best: its faults are the useful ones. */
const nearest = (branches: Issue[][]): Issue[] =>
  branches.reduce((best, branch) => (reach(branch) > reach(best) ? branch : best));

const reach = (branch: Issue[]): number =>
  Math.min(...branch.slice(0, MAX_ERRORS).map(({ path }) => path.length)) - branch.length / 1000;

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[name];
  }
  return value;
}
