/** The cells of a row; null: NULL. The array is used again for the next row. */
export type RowCells = (string | null)[];

const [QUOTE, BACKSLASH, COMMA, CLOSE] = [0x22, 0x5c, 0x2c, 0x29];
const ESCAPED = /(["\\])\1/g;

/** Reads rows as PostgreSQL writes records, `(a,"b ""c""",)`, with one character between two of them. */
export function recordReader(width: number) {
  const cells: RowCells = new Array(width).fill(null);
  let text = '';
  let at = 0;

  /** Ends behind the closing quote. */
  function quotedCell(): string {
    const start = ++at;
    let hasEscapes = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE && text.charCodeAt(at + 1) !== QUOTE) break;
      const isEscape = code === QUOTE || code === BACKSLASH;
      if (isEscape) hasEscapes = true;
      at += isEscape ? 2 : 1;
      if (at >= text.length) throw cut();
    }
    const cell = text.slice(start, at++);
    return hasEscapes ? cell.replace(ESCAPED, '$1') : cell;
  }

  function plainCell(): string | null {
    const start = at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE) return at === start ? null : text.slice(start, at);
      at++;
      if (at >= text.length) throw cut();
    }
  }

  /** Returns the number of rows. */
  return (rows: string, add: (cells: RowCells) => void): number => {
    text = rows;
    let count = 0;
    for (at = 0; at < text.length; at++, count++) {
      for (let i = 0; i < width; i++) {
        at++; // the parenthesis or the comma
        cells[i] = text.charCodeAt(at) === QUOTE ? quotedCell() : plainCell();
      }
      at++;
      add(cells);
    }
    return count;
  };
}

const cut = () => new Error('A record ends before its last cell.');
