import type { z } from 'zod';
import { message, withGot } from '../core/catalogue.ts';
import { type Message, shown } from '../core/messages/message.ts';
import { type FieldFault, invalidInput } from '../core/problem.ts';
import { check } from './input.errors.ts';
import { objectShape, unwrapped } from './schema.shape.ts';
import { textFault } from './text.guard.ts';

/** Each names all known parameters. */
const MOST_NAMED = 20;

type RawParameters = Readonly<Record<string, string | string[] | undefined>>;
/** Converts URL text to the type that the schema expects, or returns a Fault. */
type ParameterReader = (text: string) => unknown;

class Fault {
  readonly says: Message;
  constructor(says: Message) {
    this.says = says;
  }
}

/** Builds the parser of query or path, once per operation; of a body, if it holds such parameters as texts. */
export function parameterParser(schema: z.ZodType | undefined, place: 'path' | 'query' | 'body') {
  const shape = schema ? objectShape(schema) : {};
  const readers = new Map(Object.entries(shape ?? {}).map(([name, field]) => [name, readerOf(field)]));
  const isOpen = shape === undefined;
  return (raw: RawParameters): unknown => {
    const faults: FieldFault[] = [];
    const values: Record<string, unknown> = {};
    for (const name of Object.keys(raw)) {
      const reader = readers.get(name) ?? (isOpen ? readText : undefined);
      const value = reader
        ? reader(raw[name] as string | string[])
        : new Fault(message('unknown-name', { known: [...readers.keys()] }));
      if (value instanceof Fault) faults.push({ in: place, path: name, ...value.says });
      else values[name] = value;
    }
    if (faults.length > 0) throw invalidInput(faults.slice(0, MOST_NAMED));
    return schema ? check(schema, values, place, raw) : undefined;
  };
}

function readerOf(field: z.core.$ZodType): (given: string | string[]) => unknown {
  const def = unwrapped(field)._zod.def as z.core.$ZodTypeDef & {
    element?: z.core.$ZodType;
    items?: z.core.$ZodType[];
  };
  const items = def.type === 'array' ? [def.element!] : def.type === 'tuple' ? def.items : undefined;
  if (!items) return once(scalarReader(def.type));
  const readers = items.map((item) => scalarReader(unwrapped(item)._zod.def.type));
  return (given) => readList(given, readers);
}

/** `kind=a,b` and `kind=a&kind=b` are equivalent. */
function readList(given: string | string[], readers: readonly ParameterReader[]): unknown {
  const texts = typeof given === 'string' ? given.split(',') : given.flatMap((text) => text.split(','));
  const values = texts.map((text, index) => (readers[index] ?? readers.at(-1)!)(text));
  return values.find((value) => value instanceof Fault) ?? values;
}

const once =
  (read: ParameterReader) =>
  (given: string | string[]): unknown =>
    typeof given === 'string' ? read(given) : new Fault(message('given-often', { times: given.length }));

const readText = once((text) => checked(text));

const scalarReader = (type: string): ParameterReader =>
  type === 'number' ? readNumber : type === 'boolean' ? readBoolean : checked;

// stricter than Number(), for which an empty text is 0
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

const readNumber: ParameterReader = (text) => (DECIMAL.test(text) ? Number(text) : wrongType('number', text));

// Python writes True
const readBoolean: ParameterReader = (text) => {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : wrongType('boolean', text);
};

const checked: ParameterReader = (text) => {
  const fault = textFault(text);
  return fault ? new Fault(fault) : text;
};

const wrongType = (expected: string, text: string): Fault =>
  new Fault(withGot(message('wrong-type', { expected }), shown(text)));
