import { foldText } from './personal-data.text.ts';

/** A word or a number of a text. */
export interface Word {
  /** In lower case. */
  readonly text: string;
  /** What stands between it and the word before. */
  readonly before: string;
  readonly isCapital: boolean;
  /** In capitals altogether. */
  readonly isShouted: boolean;
  /** The lists that hold it, as bits. */
  lists: number;
}

// letters of all scripts that a plain text can hold; \p{L} takes twice the time
const WORD =
  /[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u05ff\u0620-\u064a\u066e-\u06d3\u0710-\u1fff]+|\d+/g;
const LOWER = /[a-z]/;

/** The words of a plain text; capitals mean nothing where there is nothing else. */
export function wordsOf(plain: string, lists: ReadonlyMap<string, number>): Word[] {
  const words: Word[] = [];
  const hasCase = LOWER.test(plain);
  let end = 0;
  for (const { 0: found, index } of plain.matchAll(WORD)) {
    const text = found.toLowerCase();
    const first = found.charCodeAt(0);
    const isCapital = hasCase && first >= 65 && first <= 90;
    words.push({
      text,
      before: plain.slice(end, index),
      isCapital,
      isShouted: isCapital && found.length > 1 && !LOWER.test(found),
      lists: lists.get(text) ?? 0,
    });
    end = index + found.length;
  }
  return words;
}

/** Lists of words to one map with a bit for each list. */
export function bitsOf(lists: readonly (readonly [bit: number, words: string])[]): Map<string, number> {
  const bits = new Map<string, number>();
  for (const [bit, words] of lists)
    for (const word of foldText(words).split(/\s+/).filter(Boolean))
      bits.set(word, (bits.get(word) ?? 0) | bit);
  return bits;
}

/** Phrases of several words by their first word. */
export function phrasesOf(list: string): Map<string, string[][]> {
  const phrases = new Map<string, string[][]>();
  for (const phrase of foldText(list).split(/,\s*/)) {
    const words = phrase.split(/\s+/);
    phrases.set(words[0]!, [...(phrases.get(words[0]!) ?? []), words]);
  }
  return phrases;
}

/** Adds a list to every word of each phrase. */
export function markPhrases(
  words: readonly Word[],
  phrases: ReadonlyMap<string, string[][]>,
  bit: number,
): void {
  for (let i = 0; i < words.length; i++) {
    const length = phraseAt(words, i, phrases);
    for (let at = i; at < i + length; at++) words[at]!.lists |= bit;
  }
}

/** The number of words from `first` on that are one of the phrases, or 0. */
function phraseAt(words: readonly Word[], first: number, phrases: ReadonlyMap<string, string[][]>): number {
  const longest = (phrases.get(words[first]!.text) ?? []).filter((phrase) =>
    phrase.every(
      (word, i) => words[first + i]?.text === word && (i === 0 || words[first + i]!.before.length === 1),
    ),
  );
  return Math.max(0, ...longest.map(({ length }) => length));
}
