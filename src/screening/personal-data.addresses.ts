import { anyOf, LETTER } from './personal-data.text.ts';

const FRENCH_WAYS = anyOf(
  'rue, avenue, av, boulevard, bd, bvd, impasse, allee, ruelle, chemin, quai, place, cite, lotissement, passage, cours, square, residence, nahj, nehj, hay, hai, zanket, zankat, zenkat, chari, sharia',
);
const ENGLISH_WAYS = anyOf(
  'street, str, st, avenue, ave, lane, drive, boulevard, blvd, alley, square, road, rd, close',
);
// words that make "12 … road" a distance, a count or a direction instead of an address
const NO_NAME = anyOf(
  'km, m, of, the, in, on, at, to, and, from, along, coastal, paved, dirt, other, more, new, old, out, near, a, by, is, open, closed',
);
const PARTS = anyOf(
  'bloc, block, batiment, bat, immeuble, imm, building, bldg, appartement, appt, apt, app, apartment, flat, villa, etage, floor, porte, residence, escalier, entrance, entree, stairs, unit, suite, room, lot, logement, logements, house, maison, cite, hay',
);
const NUMBER_SIGN = '(?:n ?[°o]?\\.? ?|no\\.? ?|nr\\.? ?|# ?|number ?|numero ?)?';
const HOUSE = '\\d{1,4}(?: ?(?:bis|ter|[a-d]))?';
const LIVES = anyOf(
  'lives at, lives in, living at, resides at, residing at, resident at, residing in, domicilie, domiciliee, demeurant, habite au, habite a, habitant au, habite, demeure au, demeure a, reside au, loge au, lodges at, home, house at, address, addresse, adresse, home address, resident',
);
const WORD = `[${LETTER}'.-]{1,20}`;

const ARABIC_WAYS = 'شارع|نهج|زنقه|زقاق|حي|حومه';
const ARABIC_PARTS = 'عماره|شقه|دار|منزل|بيت|الطابق|طابق|زنقه|بلوك|فيلا';
const ARABIC_NUMBER = '(?:رقم|عدد) ?\\d{1,4}';
const ARABIC_WORD = '[\\u0620-\\u064a]{1,20}';

const ADDRESSES = [
  // "12 bis, rue de la Liberté", "n° 14, av. Habib Thameur"
  `(?<![\\d.,/:-])(?<!(?:km|pk|rn) ?)${HOUSE} ?,? ?${FRENCH_WAYS}(?![${LETTER}])\\.? (?!\\d|[a-z]{3,}ees?(?![a-z])|${anyOf('du parking, de parking, libre')})${WORD}`,
  // "118 Gargaresh Road"
  `(?<![\\d.,/:-])\\d{1,4} ?,? (?!${NO_NAME}(?![${LETTER}]))${WORD}(?: (?!${NO_NAME}(?![${LETTER}]))${WORD}){0,2} ${ENGLISH_WAYS}(?![${LETTER}])`,
  // "rue de Carthage n° 12", "Omar Mukhtar Street 12"
  `\\b${FRENCH_WAYS}(?: ${WORD}){1,4} ?,? (?:n ?[°o]\\.? ?|no\\.? ?|numero )\\d{1,4}(?!\\d)`,
  `\\b${ENGLISH_WAYS} ?,? (?:no\\.? ?|# ?|number ?)\\d{1,4}(?!\\d)`,
  `\\b(?:no\\.? ?|house ?|number ?)\\d{1,4} ?,? ${WORD}(?: ${WORD}){0,2} ${ENGLISH_WAYS}(?![${LETTER}])`,
  // two parts of a dwelling with their numbers: "bloc C, appartement 12"
  `\\b${PARTS}(?![${LETTER}]) ?${NUMBER_SIGN}(?:\\d{1,4}|[a-h](?![${LETTER}])|(?:el |en|al )?${WORD})[ ,.;-]{1,3}(?:(?:des )?\\d{1,4} )?${PARTS}(?![${LETTER}]) ?${NUMBER_SIGN}(?:\\d{1,4}|[a-h](?![${LETTER}]))`,
  `\\b(?:cite|lotissement|lot|hay)(?![${LETTER}]) [^\\n;!?]{1,30}(?:n ?[°o]|no|numero|porte|villa|bloc)\\.? ?\\d{1,4}(?!\\d)`,
  // "flat 3, 2nd floor, building 17", "résidence les Palmiers, appt 12", "route de Tunis km 4, villa 12"
  `\\b${PARTS} ${NUMBER_SIGN}\\d{1,4}(?!\\d)[^\\n;!?]{1,24}(?:\\d(?:nd|rd|th|st|e|er|eme) (?:floor|etage)|${PARTS} ${NUMBER_SIGN}\\d{1,4})`,
  `\\b(?:residence|route|rue|avenue|cite|lotissement)(?![${LETTER}])[^\\n;!?]{1,36}(?<![${LETTER}])(?:villa|appt|apt|appartement|immeuble|imm|bloc|escalier|maison|porte)(?![${LETTER}]) ?${NUMBER_SIGN}[a-z]?\\d{0,4}`,
  `\\b(?:code postal|postal code|post code|postcode|zip code|zip)(?![${LETTER}]) ?:? ?\\d{4,5}`,
  `\\blot \\d{1,4} ?,? (?:cite|lotissement)(?![${LETTER}])`,
  `\\b(?:house|villa|apartment|appartement|flat) (?:no\\.? ?|n° ?|number )?\\d{1,4} ?,? ${WORD}`,
  // "lives at 23 …", "adresse : …"
  `\\b${LIVES}(?![${LETTER}])[ :]{1,3}[^\\d\\n;!?]{0,30}\\d{1,4}(?!\\d|[.:/]\\d)`,
  `\\b(?:address|adresse)(?![${LETTER}])[^\\n:;!?]{0,24}: `,
  // post boxes with a place or a code
  `\\b(?:p\\. ?o\\. ?box|po box|p\\. ?o\\. ?b\\.?|post box|boite postale)(?![${LETTER}]) ?:? ?${NUMBER_SIGN}\\d{1,6}`,
  `\\bb\\. ?p\\. ?:? ?${NUMBER_SIGN}\\d{1,5}`,
  `\\bbp ${NUMBER_SIGN}\\d{1,5} ?[,-] ?\\d{4,5}(?!\\d)`,
  `ص ?\\. ?ب ?\\.? ?:? ?\\d{1,6}`,
  // Arabic
  `(?:صندوق بريد|صندوق البريد|ترقيم بريدي|الرمز البريدي) ?:? ?\\d{1,6}`,
  `(?:${ARABIC_WAYS}|${ARABIC_PARTS}) ?\\d{1,4} ?[،,]? ?(?:${ARABIC_PARTS}) ?\\d{1,4}`,
  `(?:${ARABIC_WAYS}) ${ARABIC_WORD}(?: ${ARABIC_WORD}){0,3} ?[،,]? ?${ARABIC_NUMBER}`,
  `(?<![\\d.,/:-])\\d{1,4} ?[،,]? (?:شارع|نهج|زنقه|زقاق) ${ARABIC_WORD}`,
  `(?:${ARABIC_WAYS})(?: ${ARABIC_WORD}){1,3} ?[،,]? ?(?:${ARABIC_PARTS}) ?(?:رقم |عدد )?\\d{1,4}`,
  `(?:العنوان|عنوانه|عنوانها) ?:`,
  `(?:يسكن|يقطن|القاطن|القاطنه|الساكن|تسكن|تقطن|يقيم|المقيم|منزله|منزلها|بيته)(?: في| ب)? ?${ARABIC_WORD}[^\\n;!?]{0,40}?\\d{1,4}`,
];
const ADDRESS = new RegExp(ADDRESSES.join('|'));

/** Postal addresses: a house number beside a street, parts of a dwelling, post boxes. */
export const holdsAddress = (folded: string): boolean => ADDRESS.test(folded);
