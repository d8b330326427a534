import { type Code, message, textOf, type Values } from '../../core/catalogue.ts';
import type { Message } from '../../core/messages/message.ts';
import type { FilterLimits } from './cql2.limits.ts';

/** The position of a check in an expression, and its counts so far. */
export interface ExpressionContext {
  path: readonly string[];
  counted: { nodes: number; vertices: number };
  limits: FilterLimits;
}

export const contextOf = ({ path, counted, limits }: ExpressionContext, name: string): ExpressionContext => ({
  path: [...path, name],
  counted,
  limits,
});

/** The reason why something is not CQL2, and its position in the JSON encoding. */
export class ExpressionFault extends Error {
  readonly path: readonly string[];
  readonly says: Message;
  constructor(path: readonly string[], says: Message) {
    super(textOf(says));
    this.path = path;
    this.says = says;
  }
}

export function fault<C extends Code>(
  { path }: Pick<ExpressionContext, 'path'>,
  code: C,
  ...values: Values<C>
): never {
  throw new ExpressionFault(path, message(code, ...values));
}

const NOWHERE = { path: [] };

/** A fault of the whole expression: the position where a limit is reached is not useful. */
export const tooLarge = <C extends Code>(code: C, ...values: Values<C>): never =>
  fault(NOWHERE, code, ...values);
