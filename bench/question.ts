/** A number that each request and each transaction chooses anew. */
export type Variable =
  /** A multiple of 1/`scale`. */
  | { name: string; from: number; to: number; scale: number }
  /** As far from another one as `plus` says. */
  | { name: string; of: string; plus: number };

export interface Question {
  name: string;
  /** With `{name}` where a variable stands. */
  path: string;
  variables: readonly Variable[];
  /** Share of the rate of pgbench that is promised. */
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
