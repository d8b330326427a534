/** What one filter may cost before the database sees it; all of it is read while nothing else is served. */
export const LIMITS = {
  characters: 100_000, // of the text
  levels: 100, // of parentheses, and of operators and functions in each other
  nodes: 10_000, // operators, functions, properties and values
  vertices: 10_000, // of all geometries together
};
