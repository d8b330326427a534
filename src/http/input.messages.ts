import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const MAX_SHOWN_CHARACTERS = 60;

/** Placeholder for the faults of the branches. */
export const UNION_FAULT = 'is of none of the kinds taken here';

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

/** The default message of a schema: the allowed values, as the end of a sentence. */
export const wording: z.core.$ZodErrorMap = (issue: Issue): string => {
  if (issue.code === 'unrecognized_keys') return unknownName(knownNames(issue.inst));
  if (issue.input === undefined) return 'is required';
  if (issue.code === 'invalid_union') return unionWording(issue);
  return demand(issue) + got(issue.input);
};

function demand(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${bound('at least', 'more than', issue, issue.minimum)}`;
    case 'too_big':
      return `must ${bound('at most', 'less than', issue, issue.maximum)}`;
    case 'invalid_value':
      return `must be ${choices(issue.values)}`;
    case 'invalid_format':
      return formatWording(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return 'is not valid';
  }
}

/** ` (got "x")`, if the value is short enough to repeat. */
export function got(value: unknown): string {
  if (typeof value === 'string')
    return value.length > MAX_SHOWN_CHARACTERS
      ? ` (got ${value.length} characters)`
      : ` (got ${JSON.stringify(value)})`;
  if (Array.isArray(value)) return ` (got a list of ${value.length})`;
  return typeof value === 'object' && value !== null ? ' (got an object)' : ` (got ${value})`;
}

export const unknownName = (known: readonly string[]): string =>
  known.length > 0 ? `is not known; known are ${known.join(', ')}` : 'is not known; none is taken here';

const UNITS: Record<string, string> = {
  string: 'characters',
  array: 'entries',
  set: 'entries',
  map: 'entries',
};

function bound(inclusive: string, exclusive: string, issue: Issue, limit: unknown): string {
  const unit = UNITS[String(issue.origin)];
  if (issue.exact) return unit ? `have exactly ${limit} ${unit}` : `be exactly ${limit}`;
  const words = issue.inclusive === false ? exclusive : inclusive;
  return unit ? `have ${words} ${limit} ${unit}` : `be ${words} ${limit}`;
}

function choices(values: readonly unknown[]): string {
  const texts = values.map(String);
  return texts.length === 1 ? texts[0]! : `one of ${texts.join(', ')}`;
}

function formatWording(issue: Issue): string {
  const { format, pattern, prefix, suffix, includes } = issue as Record<string, unknown>;
  if (format === 'starts_with') return `must begin with ${prefix}`;
  if (format === 'ends_with') return `must end with ${suffix}`;
  if (format === 'includes') return `must contain ${includes}`;
  if (format === 'regex') return `must match ${pattern}`;
  return `must be ${FORMATS[String(format)] ?? `a valid ${format}`}`;
}

// a discriminated union lists its values; the branches of other unions have their own messages
function unionWording(issue: Issue): string {
  const {
    options,
    discriminator = '',
    input,
  } = issue as { options?: unknown; discriminator?: string; input?: unknown };
  if (!Array.isArray(options) || options.length === 0) return UNION_FAULT;
  const given = (input as Record<string, unknown>)[discriminator];
  return given === undefined ? 'is required' : `must be ${choices(options)}${got(given)}`;
}

function knownNames(schema: unknown): string[] {
  const def = (schema as z.core.$ZodType | undefined)?._zod.def as { shape?: object } | undefined;
  return Object.keys(def?.shape ?? {});
}
