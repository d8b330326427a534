/** Where a check stands in an expression, and what it has counted so far. */
export interface At {
  path: readonly string[];
  counted: { nodes: number; vertices: number };
}

export const inside = ({ path, counted }: At, name: string): At => ({ path: [...path, name], counted });

/** Why something is not CQL2, and where in its JSON encoding. */
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

/** Of the whole expression: the place where a limit is reached tells nothing. */
export const tooLarge = (says: string): never => fault(NOWHERE, says);
