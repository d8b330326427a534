import { anyOf, LETTER } from './personal-data.text.ts';

const NAME_END = `[${LETTER}\\d_%+-]`;
const DOMAIN = `[${LETTER}\\d][${LETTER}\\d.-]{0,80}`;
const TOP_LEVEL = `(?:com|org|net|info|gov|edu|int|mil|eu|io|me|tn|dz|ly|fr|it|mt|eg|ma|ne|td|ml|de|uk|ch|be)(?![${LETTER}])`;
const PROVIDERS = anyOf(
  'gmail, googlemail, yahoo, ymail, hotmail, outlook, live, icloud, proton, protonmail, gmx',
  'laposte, orange, topnet, planet, gnet, yandex, aol, msn',
);

const SPELLED_AT = `(?: at[ -]?sign | ?[([{<] ?(?:at|a|arobas[ek]?|chez|ات|@) ?[)\\]}>] ?| ?arobas[ek]? ?| a commercial )`;
const DOT = `(?:\\.| ?[([{<] ?(?:dot|point|نقطه|\\.) ?[)\\]}>] ?| (?:dot|point|نقطه) )`;
const SPELLED_DOT = `(?: ?[([{<] ?(?:dot|point|نقطه) ?[)\\]}>] ?| (?:dot|نقطه) )`;
const WORD = `[${LETTER}\\d-]{1,40}`;

const EMAILS = [
  `${NAME_END}@${DOMAIN}\\.[${LETTER}]{2}`,
  `${NAME_END} ?@ ?${PROVIDERS}(?![${LETTER}])`,
  `${NAME_END} ?@ ?${WORD}(?:${DOT}| \\. )${TOP_LEVEL}`,
  `${NAME_END}${SPELLED_AT}${WORD}${DOT}[${LETTER}]{2}`,
  `${NAME_END} at ${PROVIDERS}${DOT}${TOP_LEVEL}`,
  `${NAME_END} (?:at|ات) ${WORD}${SPELLED_DOT}${TOP_LEVEL}`,
];
const EMAIL = new RegExp(EMAILS.join('|'));

/** E-mail addresses, including spelled-out signs: "name (at) domain dot tn". */
export const holdsEmail = (folded: string): boolean => EMAIL.test(folded);

// every pattern above needs one of these, and most texts contain no such sign
const HINT = new RegExp(
  `[@\\uff20\\ufe6b]|[[({<]\\s*(?:at|a|chez|آ?ات)\\s*[\\])}>]|\\bdot\\b|at[ -]sign|arobas|commercial|نقط|\\bat ${PROVIDERS}`,
  'i',
);

/** A fast pre-check of the raw text, before folding. */
export const mayHoldEmail = (text: string): boolean => HINT.test(text);
