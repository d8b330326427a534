import Assembler from 'stream-json/Assembler.js';
import { REPLACEMENT_CHARACTER } from './text.lines.ts';

/** A token of stream-json's parser, with whole names, texts and numbers. */
export interface Token {
  name: string;
  value?: unknown;
}

const DEEPEST = 64; // levels of objects and arrays
const LARGEST = 1024 * 1024; // characters of names and values

const TOO_LARGE = `This feature is larger than ${LARGEST.toLocaleString('en')} characters.`;
const TOO_DEEP = `This feature is nested deeper than ${DEEPEST} levels.`;
const NOT_UTF8 = 'This feature is not UTF-8 text.';
const NOT_A_NAME = 'A member may not be called "__proto__".';

/** Builds values from tokens, each up to a size limit: the excess is dropped, not buffered. */
export function valueBuilder() {
  let assembler = new Assembler();
  let size = 0;
  let refusal: string | undefined;

  function add(token: Token): void {
    if (refusal !== undefined) return;
    size += 1 + (typeof token.value === 'string' ? token.value.length : 0);
    refusal = refusalOf(token);
    if (refusal === undefined) assembler.consume(token as { name: string; value?: string });
    else assembler = new Assembler();
  }

  function refusalOf({ name, value }: Token): string | undefined {
    if (size > LARGEST) return TOO_LARGE;
    if (assembler.depth > DEEPEST) return TOO_DEEP;
    // the assembler would set the prototype
    if (name === 'keyValue' && value === '__proto__') return NOT_A_NAME;
    if (typeof value === 'string' && value.includes(REPLACEMENT_CHARACTER)) return NOT_UTF8;
    return undefined;
  }

  /** The built value, or the reason of its failure; the next token begins a new value. */
  function take(): { feature: unknown } | { reason: string } {
    const taken = refusal === undefined ? { feature: assembler.current } : { reason: refusal };
    size = 0;
    refusal = undefined;
    return taken;
  }

  return { add, take, peek: (): unknown => assembler.current };
}
