/** Limits of one filter before the database sees it. */
export interface FilterLimits {
  /** Of the text, or of the text that says the same as the JSON. */
  characters: number;
  /** Nested parentheses, operators and functions. */
  levels: number;
  /** Operators, functions, properties and values. */
  nodes: number;
  /** In all geometries. */
  vertices: number;
}

/** Parsing blocks the event loop. */
export const LIMITS: FilterLimits = { characters: 100_000, levels: 100, nodes: 10_000, vertices: 10_000 };
