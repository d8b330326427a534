import type { z } from 'zod';

type OpenApiSchema = Record<string, unknown>;
interface Context {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: object;
}

// For these the format is enough; zod adds its regular expression.
const FORMATS = new Set([
  'date-time',
  'date',
  'time',
  'duration',
  'uuid',
  'email',
  'uri',
  'ipv4',
  'ipv6',
  'byte',
]);
const FORMAT_NAMES: Record<string, string> = { datetime: 'date-time', base64: 'byte' };
// JSON Schema keywords that OpenAPI 3.0 does not have.
const FOREIGN = ['contentEncoding', 'contentMediaType', 'propertyNames', 'patternProperties', '$comment'];

/** Adapts zod's OpenAPI 3.0 output to validators and readers of 3.0. */
export function forOpenApi({ zodSchema, jsonSchema }: Context, io: 'input' | 'output'): void {
  const json = jsonSchema as OpenApiSchema;
  const def = zodSchema._zod.def as OpenApiSchema & { type: string };
  if (def.type === 'date') Object.assign(json, { type: 'string', format: 'date-time' });
  for (const keyword of FOREIGN) delete json[keyword];
  tidyFormat(json, def);
  tidyBounds(json);
  if (Array.isArray(json.examples)) json.example ??= json.examples[0];
  delete json.examples;
  // clients must accept properties that a later version adds
  if (io === 'output' && def.type === 'object' && def.catchall === undefined)
    delete json.additionalProperties;
  if (def.type === 'tuple') mergeEqualItems(json);
  tidyReference(json);
  tidyNull(json);
  if (typeof def.discriminator === 'string') addDiscriminator(json, def as unknown as Discriminated);
}

function tidyFormat(json: OpenApiSchema, def: OpenApiSchema): void {
  const format = FORMAT_NAMES[String(def.format)] ?? json.format;
  if (typeof format !== 'string') return;
  if (FORMATS.has(format)) delete json.pattern;
  if (json.type !== 'string') return;
  // `starts_with` and similar formats exist only in zod, and the pattern says the same
  if (FORMATS.has(format)) json.format = format;
  else delete json.format;
}

/** `z.int()` means the safe integers; repeating that on every number is noise. */
function tidyBounds(json: OpenApiSchema): void {
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
}

/** OpenAPI 3.0 has no array positions, so a tuple becomes a list of any of its items. */
function mergeEqualItems(json: OpenApiSchema): void {
  const { anyOf } = (json.items ?? {}) as { anyOf?: OpenApiSchema[] };
  if (!anyOf) return;
  const different = [...new Map(anyOf.map((item) => [JSON.stringify(item), item])).values()];
  json.items = different.length === 1 ? different[0] : { anyOf: different };
}

/** A `$ref` has no siblings, because readers of 3.0 ignore them: a reference with a description goes into `allOf`. */
function tidyReference(json: OpenApiSchema): void {
  const only = Array.isArray(json.allOf) && json.allOf.length === 1 ? json.allOf[0].$ref : undefined;
  const target = json.$ref ?? only;
  if (target === undefined) return;
  delete json.$ref;
  delete json.allOf;
  if (Object.keys(json).length === 0) json.$ref = target;
  else json.allOf = [{ $ref: target }];
}

const NULL = { type: 'string', nullable: true, enum: [null] };

/** OpenAPI 3.0.3: `nullable` only extends a sibling `type`, so a reference needs an alternative. */
function tidyNull(json: OpenApiSchema): void {
  if (json.nullable !== true) return;
  if (json.type !== undefined) {
    if (Array.isArray(json.enum) && !json.enum.includes(null)) json.enum = [...json.enum, null];
    return;
  }
  delete json.nullable;
  const alternatives = json.anyOf ?? json.oneOf ?? json.allOf;
  // a schema without a type already allows null
  if (!Array.isArray(alternatives)) return;
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) delete json[keyword];
  json.anyOf = [...alternatives, NULL];
}

interface Discriminated {
  discriminator: string;
  options: { _zod: { propValues?: Record<string, Set<unknown>> } }[];
}

/** Possible only if all branches are named: a mapping refers to components. */
function addDiscriminator(json: OpenApiSchema, { discriminator, options }: Discriminated): void {
  const branches = (json.oneOf ?? []) as OpenApiSchema[];
  if (branches.length === 0 || !branches.every(({ $ref }) => typeof $ref === 'string')) return;
  const mapping = options.flatMap(({ _zod }, index) =>
    [...(_zod.propValues?.[discriminator] ?? [])].map((value) => [value, branches[index]!.$ref]),
  );
  json.discriminator = { propertyName: discriminator, mapping: Object.fromEntries(mapping) };
}
