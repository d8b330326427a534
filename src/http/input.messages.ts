import type { z } from 'zod';
import { issue, message, withGot } from '../core/catalogue.ts';
import { type Message, shown } from '../core/messages/message.ts';

type RawIssue = z.core.$ZodRawIssue;

/** Placeholder for the faults of the branches. */
export const NO_VARIANT = issue('no-variant');

/** What a schema without a message of its own says: what is allowed. */
export const wording: z.core.$ZodErrorMap = (raw: RawIssue): string => {
  if (raw.code === 'unrecognized_keys') return issue('unknown-name', { known: knownNames(raw.inst) });
  if (raw.input === undefined) return issue('required');
  if (raw.code === 'invalid_union') return unionWording(raw);
  return JSON.stringify(withGot(demand(raw), shown(raw.input)));
};

function demand(raw: RawIssue): Message {
  switch (raw.code) {
    case 'invalid_type':
      return message('wrong-type', { expected: raw.expected });
    case 'too_small':
      return lowerBound(raw, numeric(raw.minimum));
    case 'too_big':
      return upperBound(raw, numeric(raw.maximum));
    case 'invalid_value':
      return message('not-allowed', { allowed: raw.values.map(String) });
    case 'invalid_format':
      return formatWording(raw as unknown as Record<string, unknown>);
    case 'not_multiple_of':
      return message('not-multiple', { divisor: raw.divisor });
    default:
      return message('invalid');
  }
}

const UNITS = { string: 'characters', array: 'entries', set: 'entries', map: 'entries' } as const;

const unitOf = ({ origin }: RawIssue) => UNITS[String(origin) as keyof typeof UNITS];
const numeric = (limit: number | bigint): number => Number(limit);

function lowerBound(raw: RawIssue, minimum: number): Message {
  const unit = unitOf(raw);
  if (raw.exact) return exactly(raw, minimum);
  if (unit) return message('too-short', { minimum, unit });
  return raw.inclusive === false
    ? message('not-above', { limit: minimum })
    : message('too-small', { minimum });
}

function upperBound(raw: RawIssue, maximum: number): Message {
  const unit = unitOf(raw);
  if (raw.exact) return exactly(raw, maximum);
  if (unit) return message('too-long', { maximum, unit });
  return raw.inclusive === false
    ? message('not-below', { limit: maximum })
    : message('too-large', { maximum });
}

function exactly(raw: RawIssue, limit: number): Message {
  const unit = unitOf(raw);
  return unit
    ? message('wrong-length', { exactly: limit, unit })
    : message('wrong-number', { exactly: limit });
}

function formatWording({ format, pattern, prefix, suffix, includes }: Record<string, unknown>): Message {
  if (format === 'starts_with') return message('wrong-start', { prefix: String(prefix) });
  if (format === 'ends_with') return message('wrong-end', { suffix: String(suffix) });
  if (format === 'includes') return message('lacks-text', { text: String(includes) });
  if (format === 'regex') return message('wrong-pattern', { pattern: String(pattern) });
  return message('wrong-format', { format: String(format) });
}

// a discriminated union lists its values; the branches of other unions have their own messages
function unionWording(raw: RawIssue): string {
  const {
    options,
    discriminator = '',
    input,
  } = raw as { options?: unknown; discriminator?: string; input?: unknown };
  if (!Array.isArray(options) || options.length === 0) return NO_VARIANT;
  const given = (input as Record<string, unknown>)[discriminator];
  if (given === undefined) return issue('required');
  return JSON.stringify(withGot(message('not-allowed', { allowed: options.map(String) }), shown(given)));
}

function knownNames(schema: unknown): string[] {
  const def = (schema as z.core.$ZodType | undefined)?._zod.def as { shape?: object } | undefined;
  return Object.keys(def?.shape ?? {});
}
