import { whereJsonBreaks } from '../../../http/json.position.ts';

/** The position of a JSON fault, from the error of `JSON.parse`, without quoting the text. */
export function jsonFault(text: string, error: unknown): string {
  const sentence = whereJsonBreaks(text, error instanceof Error ? error.message : '');
  const [, line, column, reason] = /at line (\d+), column (\d+): (.*)$/s.exec(sentence) ?? [];
  if (line === undefined) return 'This is not valid JSON.';
  return `This is not valid JSON from column ${column}${line === '1' ? '' : ` of its line ${line}`} on: ${reason}`;
}
