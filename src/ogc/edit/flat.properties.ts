import { inBody, invalidInput } from '../../core/problem.ts';
import { withOffset } from '../../geometry/instant.schema.ts';
import { type Collection, type Field, typeOf } from '../collection/collection.sql.ts';
import type { FlatChange } from './edit.schema.ts';
import type { Editor, FeatureInput } from './editor.ts';

/** Refuses unknown properties; ignores computed properties and nulls. */
export function readFeatureInput(
  { fields, computed }: Collection,
  { paths }: Editor,
  { id, geometry, properties = {} }: FlatChange,
): FeatureInput {
  const given = Object.entries(properties).filter(([name]) => name !== 'id' && !computed.includes(name));
  const known = new Map(fields.map((field) => [field.name, field]));
  const unknown = given.filter(([name]) => !known.has(name));
  if (unknown.length > 0)
    throw unknownProperties(
      unknown,
      fields.map(({ name }) => name),
    );
  const nested: Record<string, unknown> = {};
  for (const [name, value] of given)
    if (value !== null) place(nested, paths[name] ?? name, inputOf(known.get(name)!, value));
  return {
    id,
    geometry,
    properties: nested,
    cleared: new Set(given.filter(([, value]) => value === null).map(([name]) => name)),
  };
}

const unknownProperties = (unknown: [string, unknown][], known: readonly string[]) =>
  invalidInput(unknown.map(([name]) => inBody(`properties.${name}`, 'property-not-editable', { known })));

/** Lists are comma-separated text. */
function inputOf(field: Field, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const type = typeOf(field);
  if (type === 'list')
    return value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
  return type === 'instant' ? withOffset(value) : value;
}

function place(nested: Record<string, unknown>, path: string, value: unknown): void {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  if (rest.length === 0) nested[first] = value;
  else {
    nested[first] ??= {};
    place(nested[first] as Record<string, unknown>, rest.join('.'), value);
  }
}
