import Assembler from 'stream-json/Assembler.js';
import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { REPLACEMENT_CHARACTER } from './text.lines.ts';

/** A token of stream-json's parser, with whole names, texts and numbers. */
export interface Token {
  name: string;
  value?: unknown;
}

const DEEPEST = 64; // levels of objects and arrays
const LARGEST = 1024 * 1024; // characters of names and values

const TOO_LARGE = message('feature-too-large', { most: LARGEST });
const TOO_DEEP = message('feature-too-deep', { levels: DEEPEST });
const NOT_UTF8 = message('feature-not-utf8');
const NOT_A_NAME = message('feature-bad-name');

/** Builds values from tokens, each up to a size limit: the excess is dropped, not buffered. */
export function valueBuilder() {
  let assembler = new Assembler();
  let size = 0;
  let refusal: Message | undefined;

  function add(token: Token): void {
    if (refusal !== undefined) return;
    size += 1 + (typeof token.value === 'string' ? token.value.length : 0);
    refusal = refusalOf(token);
    if (refusal === undefined) assembler.consume(token as { name: string; value?: string });
    else assembler = new Assembler();
  }

  function refusalOf({ name, value }: Token): Message | undefined {
    if (size > LARGEST) return TOO_LARGE;
    if (assembler.depth > DEEPEST) return TOO_DEEP;
    // the assembler would set the prototype
    if (name === 'keyValue' && value === '__proto__') return NOT_A_NAME;
    if (typeof value === 'string' && value.includes(REPLACEMENT_CHARACTER)) return NOT_UTF8;
    return undefined;
  }

  /** The built value, or the reason of its failure; the next token begins a new value. */
  function take(): { feature: unknown } | { fault: Message } {
    const taken = refusal === undefined ? { feature: assembler.current } : { fault: refusal };
    size = 0;
    refusal = undefined;
    return taken;
  }

  return { add, take, peek: (): unknown => assembler.current };
}
