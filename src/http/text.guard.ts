import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Characters that PostgreSQL cannot store, refused before it fails. */
export function textFault(text: string): Message | undefined {
  if (text.includes('\0')) return message('holds-nul');
  if (LONE_SURROGATE.test(text)) return message('holds-half-surrogate');
  return undefined;
}
