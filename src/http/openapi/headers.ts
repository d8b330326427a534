import type { Operation } from '../operation.ts';
import type { Json } from './schemas.ts';

const describe = (description: string): Json => ({ description, schema: { type: 'string' } });

/** Describes the headers of answers; one that several answers describe alike is shared under its name. */
export function createHeaderBook(operations: readonly Operation[]) {
  const texts = operations
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ headers = {} }) => Object.entries(headers));
  const shared = new Map<string, string>();
  for (const [name, text] of texts) {
    const isAlike = texts.every(([other, its]) => other !== name || its === text);
    const count = texts.filter(([other]) => other === name).length;
    if (isAlike && count > 1) shared.set(name, text);
  }
  return {
    describe: (headers: Record<string, string>): Json =>
      Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [
          name,
          shared.has(name) ? { $ref: `#/components/headers/${name}` } : describe(text),
        ]),
      ),
    shared: (): Json => Object.fromEntries([...shared].map(([name, text]) => [name, describe(text)])),
  };
}

export type HeaderBook = ReturnType<typeof createHeaderBook>;
