/** What JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };
export type Params = { readonly [name: string]: JsonValue | undefined };

/** A text that is not written yet: the code of one in the catalogue, and the values that it names. */
export type Message = { readonly code: string; readonly params: Params };

/** The texts of a language call this for a message within a message. */
export type Say = (message: Message) => string;

/** A value as a message may show it: a text as it was sent or its length, never the content of lists and objects. */
export type Shown =
  | string
  | number
  | boolean
  | null
  | { readonly characters: number }
  | { readonly entries: number }
  | { readonly number: string }
  | { readonly kind: 'object' | 'nothing' };

const LONGEST_SHOWN = 60; // characters
const LONGEST_EXCERPT = 40; // characters

/** A value of the caller; of a long text only its length. */
export const shown = (value: unknown): Shown =>
  typeof value === 'string' && value.length > LONGEST_SHOWN ? { characters: value.length } : describe(value);

/** The same, but a long text is shown by its beginning. */
export const excerpt = (value: unknown): Shown =>
  typeof value === 'string' && value.length > LONGEST_EXCERPT
    ? `${value.slice(0, LONGEST_EXCERPT)}…`
    : describe(value);

function describe(value: unknown): Shown {
  if (Array.isArray(value)) return { entries: value.length };
  if (value === undefined) return { kind: 'nothing' };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { number: String(value) };
  return { kind: 'object' };
}
