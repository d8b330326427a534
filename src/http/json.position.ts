// The search parses the text several times, so a longer one only gets the parser's own message.
const MAX_SEARCHED_CHARACTERS = 100_000;

/** Why a text is not JSON, in the parser's own words, and where it breaks off if that is known. */
export type JsonBreak = { reason: string } | { reason: string; line: number; column: number };

/** From the message of `JSON.parse`. */
export function jsonBreak(text: string, message: string): JsonBreak {
  const position = breakPosition(text, message);
  if (position === undefined) return { reason: message };
  const reason = message
    .replace(/ in JSON at position .*$/s, '')
    .replace(/, (\.\.\.)?".*is not valid JSON$/s, '')
    .replace(/\.$/, '');
  const before = text.slice(0, position).split('\n');
  return { reason, line: before.length, column: before.at(-1)!.length + 1 };
}

function breakPosition(text: string, message: string): number | undefined {
  const stated = /at position (\d+)/.exec(message);
  if (stated) return Number(stated[1]);
  if (message.startsWith('Unexpected end')) return text.length;
  return text.length > MAX_SEARCHED_CHARACTERS ? undefined : unexpectedTokenPosition(text);
}

/** V8 does not report the position of an unexpected token: it follows the longest prefix with a different fault. */
function unexpectedTokenPosition(text: string): number {
  let fine = 0;
  let broken = text.length;
  while (broken - fine > 1) {
    const middle = (fine + broken) >> 1;
    if (hasUnexpectedToken(text.slice(0, middle))) broken = middle;
    else fine = middle;
  }
  return fine;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith('Unexpected token');
  }
}
