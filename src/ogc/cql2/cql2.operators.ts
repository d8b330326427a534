const COMPARISONS = ['=', '<>', '<', '>', '<=', '>='];
const ARITHMETIC = ['+', '-', '*', '/', '%', 'div', '^'];
const SPATIAL = ['intersects', 'equals', 'disjoint', 'touches', 'within', 'overlaps', 'crosses', 'contains'];
const TEMPORAL = [
  'after',
  'before',
  'contains',
  'disjoint',
  'during',
  'equals',
  'finishedBy',
  'finishes',
  'intersects',
  'meets',
  'metBy',
  'overlappedBy',
  'overlaps',
  'startedBy',
  'starts',
];
const ARRAY = ['equals', 'contains', 'containedBy', 'overlaps'];

export interface Arity {
  fewest: number;
  most: number;
}

const each = (names: readonly string[], fewest: number, most = fewest): [string, Arity][] =>
  names.map((name) => [name, { fewest, most }]);

/** The standard's operators in CQL2 JSON spelling, with their number of arguments. */
const STANDARD = new Map<string, Arity>([
  ...each(['and', 'or'], 2, Number.POSITIVE_INFINITY),
  ...each(['not', 'isNull', 'casei', 'accenti'], 1),
  ...each([...COMPARISONS, ...ARITHMETIC, 'like', 'in'], 2),
  ...each(['between'], 3),
  ...each(
    SPATIAL.map((name) => `s_${name}`),
    2,
  ),
  ...each(
    TEMPORAL.map((name) => `t_${name}`),
    2,
  ),
  ...each(
    ARRAY.map((name) => `a_${name}`),
    2,
  ),
]);

const SPELLING = new Map([...STANDARD.keys()].map((name) => [name.toLowerCase(), name]));

/** The standard's names are case-insensitive; names of custom functions are not. */
export const spell = (name: string): string => SPELLING.get(name.toLowerCase()) ?? name;

export const arityOf = (op: string): Arity | undefined => STANDARD.get(op);

export const takesArrays = (op: string): boolean => op.startsWith('a_') && STANDARD.has(op);
