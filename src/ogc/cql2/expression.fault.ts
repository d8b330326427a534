/** The position of a check in an expression, and its counts so far. */
export interface At {
  path: readonly string[];
  counted: { nodes: number; vertices: number };
}

export const inside = ({ path, counted }: At, name: string): At => ({ path: [...path, name], counted });

/** The reason why something is not CQL2, and its position in the JSON encoding. */
export class ExpressionFault extends Error {
  readonly path: readonly string[];
  constructor(path: readonly string[], says: string) {
    super(says);
    this.path = path;
  }
}

export function fault({ path }: Pick<At, 'path'>, says: string): never {
  throw new ExpressionFault(path, says);
}

const NOWHERE = { path: [] };

/** A fault of the whole expression: the position where a limit is reached is not useful. */
export const tooLarge = (says: string): never => fault(NOWHERE, says);
