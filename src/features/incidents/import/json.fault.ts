import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { jsonBreak } from '../../../http/json.position.ts';

/** The position of a JSON fault, from the error of `JSON.parse`, without quoting the text. */
export function jsonFault(text: string, error: unknown): Message {
  const at = jsonBreak(text, error instanceof Error ? error.message : '');
  if (!('line' in at)) return message('line-not-json');
  const { line, column, reason } = at;
  return message('line-breaks-off', { line: line === 1 ? undefined : line, column, reason });
}
