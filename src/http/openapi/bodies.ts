import type { Json } from './schemas.ts';

/** Describes a body that several operations take alike once, under the name of the first of them. */
export function shareBodies(operations: readonly Json[]): Record<string, Json> {
  const alike = new Map<string, Json[]>();
  for (const operation of operations) {
    if (!operation.requestBody) continue;
    const text = JSON.stringify(operation.requestBody);
    alike.set(text, [...(alike.get(text) ?? []), operation]);
  }
  const shared: Record<string, Json> = {};
  for (const [text, [first, ...others]] of alike) {
    if (!first || others.length === 0) continue;
    const name = String(first.operationId);
    shared[name] = JSON.parse(text);
    for (const operation of [first, ...others])
      operation.requestBody = { $ref: `#/components/requestBodies/${name}` };
  }
  return shared;
}
