/*
 * Texts in which something is disguised, undone: encodings whose result can be read, and signs between or in place of
 * digits. What is undone is screened like the text itself.
 */

const NAMED_ENTITIES: Record<string, string> = {
  commat: '@',
  period: '.',
  lowbar: '_',
  hyphen: '-',
  nbsp: ' ',
  plus: '+',
};
const NAMED_ENTITY = new RegExp(`&(${Object.keys(NAMED_ENTITIES).join('|')});`, 'g');
const SPACED_OUT = /(?<!\S)(?:\S ){5,}\S(?!\S)/g; // "a h m e d"
const CAMEL = /[a-z][A-Z]/;
const CAMELS = /([a-z])(?=[A-Z])/g;
const ENTITY = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi;
const PERCENT = /(?:%[0-9a-f]{2})+/gi;
const BASE64 = /[A-Za-z0-9+/_-]{10,}={0,2}/g;
const HEXADECIMAL = /(?<![0-9a-f])(?:[0-9a-f]{2}){7,}(?![0-9a-f])/gi;
const READABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{S}\n\r\t]+$/u;
const MIXED = /\d|=$|[a-z][A-Z]|[A-Z]{2}[a-z]/; // words of a language are not

const decoder = new TextDecoder('utf-8', { fatal: true });

const read = (bytes: Uint8Array): string | undefined => {
  try {
    const text = decoder.decode(bytes);
    return READABLE.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

const characterOf = (code: number): string => (code <= 0x10_ffff ? String.fromCodePoint(code) : ' ');
const fromPercent = (run: string): string => read(Buffer.from(run.replaceAll('%', ''), 'hex')) ?? run;

/** The texts that a text holds in base64, hexadecimal, percent encoding or HTML entities. */
export function decodedTexts(text: string): string[] {
  const found: string[] = [];
  if (text.includes('%') || text.includes('&')) {
    const plain = text
      .replace(ENTITY, (_, hex?: string, decimal?: string) =>
        characterOf(hex ? Number.parseInt(hex, 16) : Number(decimal)),
      )
      .replace(NAMED_ENTITY, (_, name: string) => NAMED_ENTITIES[name]!)
      .replace(PERCENT, fromPercent);
    if (plain !== text) found.push(plain);
  }
  const joined = text.replace(SPACED_OUT, (run) => run.replaceAll(' ', ''));
  if (joined !== text) found.push(joined);
  if (CAMEL.test(text)) found.push(text.replace(CAMELS, '$1 '));
  for (const [run] of text.matchAll(BASE64)) if (MIXED.test(run)) found.push(...bytesOf(run, 'base64'));
  for (const [run] of text.matchAll(HEXADECIMAL)) found.push(...bytesOf(run, 'hex'));
  return found;
}

const bytesOf = (run: string, encoding: 'base64' | 'hex'): string[] => {
  const decoded = read(Buffer.from(run, encoding));
  return decoded === undefined ? [] : [decoded];
};

const BETWEEN_DIGITS = /(?<=[\do]) ?[*|~·•=\\"<>→…[\]{}]+ ?(?=[\do])/g;
// the same sign at least twice: "98#123#456", not "12:30"
const CHAIN = /(?<!\d)\d{1,4}([#&;:'+x])\d{1,4}(?:\1\d{1,4})+(?!\d)/g;
const FEWEST_CHAINED = 8;
// a digit beside them, so that words stay words
const O_FOR_ZERO = /(?<=\d[ ./-]?)o(?=[ ./-]?\d)|(?<=\do)o(?=\d)|(?<![a-z])o(?=\d{2})/g;
const L_FOR_ONE = /(?<=\d[ ./-]?)[li](?=\d)|(?<=\d)[li](?=[ ./-]\d{2})/g;

/** Digits without foreign signs between them and without letters in their place; for folded text. */
export const undisguised = (folded: string): string =>
  folded
    .replace(BETWEEN_DIGITS, ' ')
    .replace(O_FOR_ZERO, '0')
    .replace(L_FOR_ONE, '1')
    .replace(CHAIN, (run, sign: string) =>
      run.replaceAll(sign, '').length < FEWEST_CHAINED ? run : run.replaceAll(sign, ' '),
    );
