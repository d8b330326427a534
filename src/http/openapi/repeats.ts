import type { Json } from './schemas.ts';

interface Described {
  parameters?: Json[];
  responses: Json;
}

type Paths = Record<string, Record<string, Json>>;

const SHORTEST = 60; // characters: less than a reference to it

/** What several operations say alike, word for word, is said once in `components` and referred to. */
export function shareRepeated(paths: Paths, parameters: Json, responses: Json): void {
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as unknown as Described[]);
  const shareParameter = shelfOf(
    { room: 'parameters', shared: parameters },
    operations.flatMap((op) => op.parameters ?? []),
    ({ name }) => name as string,
  );
  const shareResponse = shelfOf(
    { room: 'responses', shared: responses },
    operations.flatMap((op) => Object.values(op.responses) as Json[]),
    nameOfResponse,
  );
  for (const op of operations) {
    if (op.parameters) op.parameters = op.parameters.map(shareParameter);
    for (const [status, one] of Object.entries(op.responses))
      op.responses[status] = shareResponse(one as Json);
  }
}

/** After the schema that it answers. */
function nameOfResponse({ content = {} }: { content?: Json }): string | undefined {
  const [media] = Object.values(content) as { schema?: { $ref?: string } }[];
  return media?.schema?.$ref?.split('/').at(-1);
}

function shelfOf(
  { room, shared }: { room: string; shared: Json },
  all: readonly Json[],
  nameOf: (one: Json) => string | undefined,
) {
  const counts = new Map<string, number>();
  for (const one of all) {
    const text = JSON.stringify(one);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  return (one: Json): Json => {
    const text = JSON.stringify(one);
    const wanted = nameOf(one);
    if ('$ref' in one || !wanted || counts.get(text) === 1 || text.length < SHORTEST) return one;
    const name = names.get(text) ?? freeName(shared, wanted);
    names.set(text, name);
    shared[name] = one;
    return { $ref: `#/components/${room}/${name}` };
  };
}

/** The name that is wanted, or with a number behind it where it is taken. */
export function freeName(taken: Json, wanted: string): string {
  let name = wanted;
  for (let i = 2; name in taken; i++) name = `${wanted}-${i}`;
  return name;
}
