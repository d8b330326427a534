/** The place of a row of the IOM Missing Migrants Project. */
export interface IomPlace {
  locationOfDeath: string;
  longitude: string;
  latitude: string;
}

/*
 * The project states no accuracy, so it is estimated from the wording of the place and the digits of the coordinates.
 * The figures are rounded up from the 90th percentile of distances in the rows of 2014–2026: rows that name a town, to
 * that town; rows with the same words, to each other. The widest applicable rule counts.
 */
const POSITION_METRES = 5_000; // reported by a ship, an aircraft or a telephone: people and remains drift
const NAMED_PLACE_METRES = 30_000; // centre of a town or district
const NO_PLACE_METRES = 300_000; // somewhere in a country or a sea
const WIDER: readonly (readonly [words: RegExp, metres: number])[] = [
  [/\b(?:off|coasts?|seas?|waters|near|close to|around|outside)\b/i, 60_000],
  [/\b(?:north|south|east|west)|\d\s?(?:km|nm|miles?|nautical|kilomet\w+)\b/i, 60_000],
  [/\b(?:un?\w{0,4}sp\w*c\w*ed|unknown|undisclosed|several|multiple)\b/i, 100_000],
  // two endpoints, or the place the dead were brought to
  [/\b(?:between|routes?|road|borders?|deserts?|after|embarked|departed)\b/i, 200_000],
];

const POSITION =
  /coordinates|position|\d\s?[°º*]|\d\d ?d(?:eg|\d)|(?<![.\d])\d\d\.\d{3}|\b\d\d \d\d(?:\.\d+)? ?N\b/i;
const EARLIER_POSITION = /last know/i;

// The text after it names origin, route or destination of a journey.
const JOURNEY = /\s[-|l]\s|(?<!approx)\.\s|,?\s(?:en route|on the way|heading)\b/i;

// Capitalised words that name no place, or one hundreds of kilometres wide.
const BROAD_WORDS = new RegExp(
  [
    '^\\p{Lu}\\p{Ll}+(?= (?!island|shore|beach|port|area|district)\\p{Ll})', // begins a sentence
    '(?<!\\p{L})(?:Lib[iy]|Tuni[sz]i|Alger|Niger|Ital|Malt|Moroc|Spa[in]|Greece|Türk|Sicil|Sardi|Europ|Africa)\\p{L}*',
    '(?<!\\p{L})(?:Mediter|North|South|East|West|Central)\\p{L}*',
    '(?<!\\p{L})(?:Med|Atlantic|Alboran|Sahara|Ténéré|Channel|Chanel|Strait|Gulf|Seas?|Ocean|SAR|SRR|Zone)(?!\\p{L})',
    '(?<!\\p{L})(?:Coasts?|Desert|Shores?|Off|In|On|At|Near|Between|Location|KM|NM|UTC|[NS][EW]?)(?!\\p{L})',
  ].join('|'),
  'gu',
);

/** The radius around the coordinates that most likely contains the incident. */
export function iomAccuracyMetres({ locationOfDeath, longitude, latitude }: IomPlace): number {
  return Math.max(wordsMetres(locationOfDeath), digitsMetres(longitude), digitsMetres(latitude));
}

function wordsMetres(locationOfDeath: string): number {
  if (POSITION.test(locationOfDeath) && !EARLIER_POSITION.test(locationOfDeath)) return POSITION_METRES;
  const place = locationOfDeath.split(JOURNEY)[0]!;
  if (!/\p{Lu}/u.test(place.replace(BROAD_WORDS, ''))) return NO_PLACE_METRES;
  return Math.max(
    NAMED_PLACE_METRES,
    ...WIDER.filter(([words]) => words.test(place)).map(([, metres]) => metres),
  );
}

const METRES_PER_DEGREE = 111_000;

/** Half a unit of the last digit: 55,500 m without decimals, 5,550 m with one, 555 m with two. */
function digitsMetres(degrees: string): number {
  const decimals = /\.(\d+)/.exec(degrees)?.[1]?.length ?? 0;
  return METRES_PER_DEGREE / 2 / 10 ** decimals;
}
