import fc from 'fast-check';

/** A schema of OpenAPI 3.0. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  enum?: unknown[];
  nullable?: boolean;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  uniqueItems?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  example?: unknown;
  additionalProperties?: boolean | Schema;
}
type Named = Record<string, Schema>;

const DEEPEST = 6;
const FEW = 3;
// free text with digits may look like the number of a person, and is refused
const WORDS = ['water', 'piste', 'sable', 'حريق', 'Ghadamès', 'a b', "d'eau", 'no'];

/** Values that a schema of the document describes. `named`: its components. */
export function valuesOf(schema: Schema, named: Named, depth = 0): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => valuesOf(inner, named, depth + 1);
  if (schema.nullable)
    return fc.oneof(
      { weight: 4, arbitrary: valuesOf({ ...schema, nullable: false }, named, depth) },
      fc.constant(null),
    );
  if (schema.enum)
    return fc.constantFrom(
      ...schema.enum.filter((one) => one !== null || schema.nullable !== false || schema.enum!.length === 1),
    );
  if (schema.$ref) return of(named[schema.$ref.split('/').at(-1)!]!);
  if (schema.allOf?.length === 1) return of(schema.allOf[0]!);
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map(of)).map((parts) => Object.assign({}, ...(parts as object[])));
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return fc.oneof(...alternatives.map(of));
  return plainValues(schema, of, depth);
}

function plainValues(
  schema: Schema,
  of: (inner: Schema) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer' || schema.type === 'number') return numbers(schema);
  if (schema.type === 'string') return texts(schema);
  if (schema.type === 'array') {
    const { minItems = 0, maxItems = Infinity, items = {} } = schema;
    const bounds = { minLength: minItems, maxLength: Math.max(minItems, Math.min(FEW, maxItems)) };
    return schema.uniqueItems ? fc.uniqueArray(of(items), bounds) : fc.array(of(items), bounds);
  }
  const { properties = {}, required = [] } = schema;
  const isKept = (name: string) => depth < DEEPEST || required.includes(name);
  const members = Object.entries(properties).filter(([name]) => isKept(name));
  return fc.record(Object.fromEntries(members.map(([name, inner]) => [name, of(inner)])), {
    requiredKeys: required.filter((name) => name in properties),
  });
}

/** Thousandths: what is near the smallest double is no number of this field. */
function numbers({ type, minimum = -1000, maximum = Math.max(1000, minimum), ...bounds }: Schema) {
  const unit = type === 'integer' ? 1 : 1000;
  const [above, below] = [bounds.exclusiveMinimum ? 1 : 0, bounds.exclusiveMaximum ? 1 : 0];
  const whole = fc.integer({
    min: Math.ceil(minimum * unit) + above,
    max: Math.min(Math.floor(maximum * unit), 2 ** 31 - 1) - below,
  });
  return whole.map((number) => number / unit);
}

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid({ version: 7 }),
  'date-time': dates().map((date) => date.toISOString()),
  date: dates().map((date) => date.toISOString().slice(0, 10)),
  email: fc.constantFrom('desk@example.org'),
  uri: fc.constantFrom('https://example.org/', 'https://example.org/a?b=c'),
};

function dates() {
  return fc.date({ min: new Date('2026-01-01'), max: new Date('2026-11-01'), noInvalidDate: true });
}

function texts({
  format,
  pattern,
  minLength = 0,
  maxLength = pattern ? Infinity : 40,
}: Schema): fc.Arbitrary<string> {
  const inside = ({ length }: string) => length >= minLength && length <= maxLength;
  if (format && FORMATS[format]) return FORMATS[format];
  if (pattern === '^\\d{4}-\\d\\d-\\d\\d$') return FORMATS.date!;
  // a pattern of days and times allows some that do not exist
  if (pattern?.startsWith('^\\d{4}-\\d\\d-\\d\\d')) return fc.oneof(FORMATS.date!, FORMATS['date-time']!);
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u')).filter(inside);
  return fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
    .map((words) => words.join(' ').slice(0, maxLength))
    .filter(inside);
}
