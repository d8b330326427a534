import { freeName } from './repeats.ts';
import type { Json } from './schemas.ts';

const SHORTEST = 110; // characters: less than a reference to it and a name for it

/** Properties that several schemas describe alike, word for word, are described once, under their own name. */
export function shareProperties(schemas: Json): Json {
  const parents = new Map<string, Set<string>>();
  for (const schema of Object.values(schemas))
    eachProperty(schema, (_, property, parent) => {
      const text = JSON.stringify(property);
      if (text.length >= SHORTEST) parents.set(text, (parents.get(text) ?? new Set()).add(parent));
    });
  const shared: Json = {};
  const names = new Map<string, string>();

  const replaced = (name: string, property: unknown): unknown => {
    const text = JSON.stringify(property);
    if ((parents.get(text)?.size ?? 0) < 2) return mapProperties(property, replaced);
    if (!names.has(text)) {
      const id = freeName({ ...schemas, ...shared }, capitalised(name));
      names.set(text, id);
      shared[id] = mapProperties(property, replaced);
    }
    return { $ref: `#/components/schemas/${names.get(text)}` };
  };

  const rest = Object.entries(schemas).map(([id, schema]) => [id, mapProperties(schema, replaced)]);
  const sorted = [...rest, ...Object.entries(shared)].sort(([one], [other]) => (one! < other! ? -1 : 1));
  return Object.fromEntries(sorted);
}

/** `parent` tells one set of properties from another. */
function eachProperty(
  schema: unknown,
  visit: (name: string, property: unknown, parent: string) => void,
): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties')
      for (const [name, property] of Object.entries(value)) visit(name, property, JSON.stringify(value));
    if (!AS_DATA.has(key)) eachProperty(value, visit);
  }
}

/** A copy in which each outermost property is what `map` makes of it. */
function mapProperties(schema: unknown, map: (name: string, property: unknown) => unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((part) => mapProperties(part, map));
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties'
        ? Object.fromEntries(Object.entries(value).map(([name, property]) => [name, map(name, property)]))
        : AS_DATA.has(key)
          ? value
          : mapProperties(value, map),
    ]),
  );
}

const AS_DATA = new Set(['example', 'default', 'enum']);

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
