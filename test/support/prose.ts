/** A phrase that reads as if translated, and what to write instead. */
interface Banned {
  phrase: RegExp;
  better: string;
}

export interface Finding {
  line: number;
  text: string;
  better: string;
}

/** The examples come first, then the patterns that they share. Phrases may span a line break. */
export const BANNED: readonly Banned[] = [
  { phrase: /that what is kept does not reach back to/, better: 'older than the retained changes' },
  { phrase: /whose data a row is/, better: 'the countries that own a row' },
  { phrase: /were told longer ago than is kept/, better: 'deletes expired alerts' },
  { phrase: /of lanes, at once/, better: 'concurrent deliveries' },
  { phrase: /fills its own places/, better: 'fills only its own share' },
  { phrase: /could be alerted of what is overdue/, better: 'overdue check failed' },
  { phrase: /are not heard of/, better: 'LISTEN lost' },
  { phrase: /that a webhook has not taken/, better: 'failed delivery attempts' },
  { phrase: /who does not see it, and everybody before there is one/, better: 'viewers without access' },
  { phrase: /for all who stand where it begins/, better: 'shared by readers at its start' },
  { phrase: /for want of/, better: 'without; because … is missing' },
  { phrase: /(told|tells?|telling|heard?) of\b/, better: 'report, show, say, know, notify' },
  { phrase: /\bthat of which\b/, better: 'repeat the noun' },
  { phrase: /\b(that|which|there|it) (is|are) none\b/, better: 'is not a …; is missing' },
  { phrase: /\b(is|are) none of\b/, better: 'is not one of' },
  { phrase: /\bnone is\b/, better: 'no … is' },
  { phrase: /\bwhat is (kept|told|shown|written|seen|asked)\b/, better: 'name the thing: retained rows, …' },
  { phrase: /\bno (longer|more) kept\b|\breach(es)? back\b/, better: 'retained, retention' },
  { phrase: /\banew\b/, better: 'again' },
  { phrase: /\bone's own\b/, better: 'your own; its own' },
  { phrase: /\bfor ever\b/, better: 'forever; without limit' },
];

/** Line starts of comments and Markdown, so that a phrase is found across a line break. */
const LINE_BREAK = /\s*\n[ \t]*(?:\/\/|\*|#|--|>)?[ \t]*|[ \t]+/;

const spanning = ({ source }: RegExp): RegExp =>
  new RegExp(source.replaceAll(' ', `(?:${LINE_BREAK.source})`), 'gi');

const SPANNING = BANNED.map(({ phrase, better }) => ({ phrase: spanning(phrase), better }));

/** The banned phrases in a text, in order. */
export const findBanned = (text: string): Finding[] =>
  SPANNING.flatMap(({ phrase, better }) =>
    [...text.matchAll(phrase)].map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      text: match[0],
      better,
    })),
  ).sort((one, other) => one.line - other.line);

// names that stand for several ideas: they get the noun they belong to
const BANNED_TYPES =
  /\b(?:interface|type|class|enum)\s+(?:Standing|Asked|Current|Waiting|Change|Written|Place)\b/g;

/** Types whose whole name is one of those words, in order. */
export const findBannedTypes = (code: string): Finding[] =>
  [...code.matchAll(BANNED_TYPES)].map((match) => ({
    line: code.slice(0, match.index).split('\n').length,
    text: match[0],
    better: 'the noun in front, as in ZoneStanding',
  }));
