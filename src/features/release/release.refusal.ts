import type { Message } from '../../core/messages/message.ts';
import { type FieldFault, invalidInput, Problem } from '../../core/problem.ts';

/** A row of a list that may not be released so. */
export interface RefusedRow {
  /** Its place in the list. */
  n: number;
  problem: Problem;
}

/** Throws what is not about the row. */
export function refusedAt(n: number, problem: unknown): RefusedRow {
  if (!(problem instanceof Problem) || problem.status >= 500) throw problem;
  return { n, problem };
}

/** Works out a value for each item, and keeps the problems of those that are refused. */
export function ofEach<Item, Value>(items: readonly Item[], decide: (item: Item, n: number) => Value) {
  const refused: RefusedRow[] = [];
  const values = items.map((item, n) => {
    try {
      return decide(item, n);
    } catch (problem) {
      refused.push(refusedAt(n, problem));
      return undefined;
    }
  });
  return { values, refused };
}

export function throwFirst([first]: readonly RefusedRow[]): void {
  if (first) throw first.problem;
}

/** 422 with the faults of every row, however many. */
export function throwAll(refused: readonly RefusedRow[]): void {
  if (refused.length === 0) return;
  const errors = refused.flatMap(faultsOf);
  const { status, slug, code, params } = invalidInput(errors, 422);
  throw new Problem({ status, slug, says: { code, params } as Message, errors });
}

const faultsOf = ({ n, problem: { code, params, errors } }: RefusedRow): FieldFault[] =>
  errors
    ? errors.map((fault) => ({ ...fault, path: `releases.${n}.${fault.path}` }))
    : [{ in: 'body', path: `releases.${n}`, code, params }];
