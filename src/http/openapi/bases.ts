import type { Json } from './schemas.ts';

interface Members {
  type: 'object';
  properties: Record<string, unknown>;
  required?: string[];
}

const FEWEST = 6; // properties in common that are worth a schema of their own

/**
 * Properties of features that hold all of those of another one are described as these and the rest: a list, an item and
 * an answer show the same incident. Only where more properties may come (`additionalProperties` shuts such a sum out).
 */
export function shareBases(schemas: Json): Json {
  const found = Object.entries(schemas).flatMap(([id, schema]) => {
    const members = membersOf(schema);
    return members ? [{ id, members }] : [];
  });
  const made: Json = {};
  const shared = Object.entries(schemas).map(([id, schema]) => {
    const own = found.find((one) => one.id === id)?.members;
    const base = own && largest(found.filter((one) => holds(own, one.members, one.id !== id)));
    const isBase = own && found.some((one) => one.id !== id && holds(one.members, own, true));
    if (!own || (!base && !isBase)) return [id, schema];
    const name = `${base?.id ?? id}Properties`;
    made[name] ??= base?.members ?? own;
    const reference = { $ref: `#/components/schemas/${name}` };
    return [id, withMembers(schema, base ? { allOf: [reference, restOf(own, base.members)] } : reference)];
  });
  return Object.fromEntries([...shared, ...Object.entries(made)]);
}

/** What a feature says of itself. */
function membersOf(schema: unknown): Members | undefined {
  const members = (schema as { properties?: { properties?: Members } }).properties?.properties;
  const isOpen = members?.type === 'object' && !('additionalProperties' in members);
  return isOpen && Object.keys(members.properties).length >= FEWEST ? members : undefined;
}

const withMembers = (schema: unknown, members: Json): Json => {
  const { properties, ...rest } = schema as { properties: Json };
  return { ...rest, properties: { ...properties, properties: members } };
};

/** Whether all that another one has is among this one's, word for word. */
const holds = (own: Members, other: Members, isOther: boolean): boolean =>
  isOther &&
  Object.keys(own.properties).length > Object.keys(other.properties).length &&
  Object.entries(other.properties).every(
    ([name, property]) => JSON.stringify(own.properties[name]) === JSON.stringify(property),
  ) &&
  (other.required ?? []).every((name) => own.required?.includes(name));

const largest = <T extends { members: Members }>(all: readonly T[]): T | undefined =>
  all.toSorted(
    (one, other) => Object.keys(other.members.properties).length - Object.keys(one.members.properties).length,
  )[0];

function restOf(own: Members, base: Members): Json {
  const names = Object.keys(own.properties).filter((name) => !(name in base.properties));
  const required = (own.required ?? []).filter((name) => !base.required?.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, own.properties[name]])),
    ...(required.length > 0 && { required }),
  };
}
