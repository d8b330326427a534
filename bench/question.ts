/** A number that each request and each transaction chooses at random. */
export type Variable =
  /** A multiple of 1/`scale`. */
  | { name: string; from: number; to: number; scale: number }
  /** Another variable plus `plus`. */
  | { name: string; of: string; plus: number };

export interface Question {
  name: string;
  /** With `{name}` for a variable. */
  path: string;
  variables: readonly Variable[];
  /** Promised share of pgbench's rate. */
  target?: number;
}

export type Choice = Record<string, number>;

export function choose(variables: readonly Variable[]): Choice {
  const choice: Choice = {};
  for (const variable of variables) choice[variable.name] = numberFor(variable, choice);
  return choice;
}

function numberFor(variable: Variable, choice: Choice): number {
  if ('of' in variable) return rounded(choice[variable.of]! + variable.plus);
  const { from, to, scale } = variable;
  return (Math.round(from * scale) + Math.floor(Math.random() * ((to - from) * scale + 1))) / scale;
}

const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

export const pathOf = ({ path }: Question, choice: Choice): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => String(choice[name]));
