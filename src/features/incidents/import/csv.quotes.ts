/** Quote state after a physical line of a CSV record (RFC 4180 §2), and the number of completed cells. */
export interface QuoteScan {
  state: 'closed' | 'open' | 'broken';
  commas: number;
}

const BROKEN: QuoteScan = { state: 'broken', commas: 0 };

/** Scans the quotes of one line. `isOpen`: a quoted cell from an earlier line is still open. */
export function scanQuotes(text: string, isOpen: boolean): QuoteScan {
  let commas = 0;
  let open = isOpen || text[0] === '"';
  let at = open && !isOpen ? 1 : 0;
  for (;;) {
    if (open) {
      at = closingQuote(text, at);
      if (at < 0) return { state: 'open', commas };
      if (at + 1 < text.length && text[at + 1] !== ',') return BROKEN;
      at += 1;
    } else {
      const end = endOfPlainCell(text, at);
      if (text.slice(at, end).includes('"')) return BROKEN;
      at = end;
    }
    if (at >= text.length) return { state: 'closed', commas };
    commas += 1;
    at += 1;
    open = text[at] === '"';
    if (open) at += 1;
  }
}

// Two consecutive quotes are one quote inside the cell.
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote;
}

function endOfPlainCell(text: string, from: number): number {
  const comma = text.indexOf(',', from);
  return comma < 0 ? text.length : comma;
}
