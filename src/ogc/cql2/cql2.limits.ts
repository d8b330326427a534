/** Limits of one filter before the database sees it: parsing blocks the event loop. */
export const LIMITS = {
  characters: 100_000, // of the text
  levels: 100, // nested parentheses, operators and functions
  nodes: 10_000, // operators, functions, properties and values
  vertices: 10_000, // in all geometries
};
