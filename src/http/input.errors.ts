import type { z } from 'zod';
import { message, messageIn, withGot } from '../core/catalogue.ts';
import { type Message, shown } from '../core/messages/message.ts';
import { type FieldFault, invalidInput, MOST_FAULTS } from '../core/problem.ts';
import { NO_VARIANT, wording } from './input.messages.ts';

type ZodIssue = z.core.$ZodIssue;
type InputPart = FieldFault['in'];

// A body with a hundred thousand bad coordinates must not cause as many messages.
export const WORDS = { error: wording };
const SEMANTIC_PARAMS = ['semantic', 'personalData', 'topology'];

/** Checks a value, or throws a 400 that names its faults. `raw` is the caller's text. */
export function check(schema: z.ZodType, value: unknown, place: InputPart, raw: unknown = value): unknown {
  const parsed = schema.safeParse(value, WORDS);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, MOST_FAULTS)
    .flatMap((issue) => faultsOf(issue, [], place, raw));
  throw invalidInput(faults, parsed.error.issues.every(isSemantic) ? 422 : 400);
}

/** Well-formed, but against a rule: schemas mark that in the `params` of a custom issue. */
const isSemantic = (issue: ZodIssue): boolean =>
  issue.code === 'custom' && SEMANTIC_PARAMS.some((name) => issue.params?.[name] !== undefined);

function faultsOf(issue: ZodIssue, parent: PropertyKey[], place: InputPart, raw: unknown): FieldFault[] {
  const path = [...parent, ...issue.path];
  const says = messageOf(issue);
  const fault = (names: PropertyKey[], said: Message): FieldFault => ({
    in: place,
    path: names.map(String).join('.'),
    ...said,
  });
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => fault([...path, key], says));
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === NO_VARIANT)
    return nearest(issue.errors).flatMap((inner) => faultsOf(inner, path, place, raw));
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => faultsOf(inner, path, place, raw));
  // a body rule has its own message: the value may be personal data that must not be repeated
  if (issue.code === 'custom' && place === 'body') return [fault(path, says)];
  return [fault(path, withValue(says, valueAt(raw, path)))];
}

/** What an issue says; a text that is not of the catalogue is not shown. */
export const messageOf = (issue: ZodIssue): Message => messageIn(issue.message) ?? message('invalid');

/** Adds the value to a schema's own message if it does not name it. */
function withValue(says: Message, value: unknown): Message {
  const isNamed = 'value' in says.params || 'got' in says.params || value === undefined;
  return isNamed ? says : withGot(says, shown(value));
}

/** The union branch that the value matches best: its faults are the useful ones. */
const nearest = (branches: ZodIssue[][]): ZodIssue[] =>
  branches.reduce((best, branch) => (reach(branch) > reach(best) ? branch : best));

const reach = (branch: ZodIssue[]): number =>
  Math.min(...branch.slice(0, MOST_FAULTS).map(({ path }) => path.length)) - branch.length / 1000;

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[name];
  }
  return value;
}
