/// <reference path="./geodesy.d.ts" />
import Mgrs from 'geodesy/mgrs.js';
import Utm from 'geodesy/utm.js';
import { valuesOf } from '../../src/core/vocabulary.ts';

const BORDERS = valuesOf('border');

/** A place as somebody wrote it: a point, or a chainage that the service turns into one. */
export type WrittenPlace =
  | { form: 'degrees' | 'utm' | 'mgrs'; lat: number; lon: number; accuracyMetres?: number }
  | { form: 'km'; border: string; km: number };

/**
 * Reads coordinates in the usual forms: degrees with point or comma, with degrees, minutes and seconds, with letters of
 * the compass before or behind, UTM, MGRS, and `km 412 DZA-TUN` as it is said in three languages. Without letters
 * latitude comes first, as people say it. Undefined: not understood.
 */
export function readPlace(text: string): WrittenPlace | undefined {
  const plain = plainOf(text);
  return readKm(plain) ?? readMgrs(plain) ?? readUtm(plain) ?? readDegrees(plain);
}

const LETTERS: readonly [RegExp, string][] = [
  [/\b(?:NORTH|NORD)\b|شمال[اًا]*|ش(?![\u0600-\u06FF])/gu, 'N'],
  [/\b(?:SOUTH|SUD)\b|جنوب[اًا]*|ج(?![\u0600-\u06FF])/gu, 'S'],
  [/\b(?:EAST|EST)\b|شرق[اًا]*/gu, 'E'],
  [/\b(?:WEST|OUEST)\b|غرب[اًا]*|\bO\b/gu, 'W'],
  [/\b(?:LATITUDE|LAT|LONGITUDE|LONG?)\b[.:=]?/gu, ' '],
];

/** One way to write digits, signs and letters. */
function plainOf(text: string): string {
  const signs = text
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/\u066b/g, '.')
    .replace(/[\u060c\u061b]/g, ', ')
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .replace(/[\u2033\u201d\u201c]|''|′′|\u2019\u2019/g, '"')
    .replace(/[\u2032\u2019\u2018´`]/g, "'")
    .replace(/º|˚/g, '°')
    .toUpperCase();
  return LETTERS.reduce((said, [pattern, letter]) => said.replace(pattern, letter), signs)
    .replace(/\s+/g, ' ')
    .trim();
}

const CODE = '([A-Z]{3}) ?[-/] ?([A-Z]{3})';
const MARK = '(?:KM|PK|P\\.K\\.|كم|ك\\.م\\.?|كيلومتر)\\.? ?';
const KM = '(\\d+(?:[.,]\\d+)?)(?: ?\\+ ?(\\d{1,3}))?';
const BETWEEN = ' ?(?:,|OF|ON|DE|DU|SUR|من|على|في)? ?(?:LA )?';
const KM_FIRST = new RegExp(`^${MARK}${KM}${BETWEEN}${CODE}$`);
const CODE_FIRST = new RegExp(`^${CODE}${BETWEEN}(?:${MARK})?${KM}$`);

function readKm(plain: string): WrittenPlace | undefined {
  const first = KM_FIRST.exec(plain);
  const second = first ? null : CODE_FIRST.exec(plain);
  const [km, metres, one, other] = first
    ? first.slice(1)
    : second
      ? [second[3], second[4], second[1], second[2]]
      : [];
  const border = BORDERS.find((code) => code === `${one}-${other}` || code === `${other}-${one}`);
  if (!border || !km) return undefined;
  return { form: 'km', border, km: Number(km.replace(',', '.')) + Number(metres ?? 0) / 1000 };
}

const MGRS = /^(?:MGRS )?(\d{1,2})([C-HJ-NP-X]) ?([A-HJ-NP-Z]{2}) ?(\d*) ?(\d*)$/;

function readMgrs(plain: string): WrittenPlace | undefined {
  const [, zone, band, square, one = '', other = ''] = MGRS.exec(plain) ?? [];
  if (!zone || (other && one.length !== other.length)) return undefined;
  const digits = one + other;
  if (digits.length % 2 === 1 || digits.length > 10) return undefined;
  const half = digits.length / 2;
  const cell = 10 ** (5 - half);
  // the middle of the square that it names
  const middle = (part: string) => Number(part.padEnd(5, '0')) + cell / 2;
  const [easting, northing] = [middle(digits.slice(0, half)), middle(digits.slice(half))];
  return attempt(() => {
    const { lat, lon } = new Mgrs(Number(zone), band!, square![0]!, square![1]!, easting, northing)
      .toUtm()
      .toLatLon();
    return { form: 'mgrs', lat, lon, accuracyMetres: Math.ceil(cell * Math.SQRT1_2) };
  });
}

const UTM =
  /^(?:UTM )?(\d{1,2}) ?([C-HJ-NP-X]),? (\d{6}(?:[.,]\d+)?) ?(?:M ?)?E?,? (\d{1,8}(?:[.,]\d+)?) ?(?:M ?)?N?$/;

function readUtm(plain: string): WrittenPlace | undefined {
  const [, zone, band, easting, northing] = UTM.exec(plain) ?? [];
  if (!zone) return undefined;
  const [x, y] = [numberOf(easting!), numberOf(northing!)];
  // letters are bands: S is 32° to 40° north, where all three countries meet the sea
  const hemisphere = band! < 'N' ? 'S' : 'N';
  return attempt(() => {
    const { lat, lon } = new Utm(Number(zone), hemisphere, x, y).toLatLon();
    return { form: 'utm', lat, lon };
  });
}

const numberOf = (text: string) => Number(text.replace(',', '.'));

function attempt(read: () => WrittenPlace): WrittenPlace | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

interface Angle {
  degrees: number;
  letter: string;
}

const NUMBER = '\\d+(?:[.,]\\d+)?';
const ANGLE = new RegExp(
  `^([NSEW])? ?([+-])? ?(${NUMBER}) ?°? ?(?:(${NUMBER}) ?'? ?(?:(${NUMBER}) ?"? ?)?)?([NSEW])?$`,
);

function readDegrees(plain: string): WrittenPlace | undefined {
  for (const [one, other] of halvesOf(plain)) {
    const [a, b] = [readAngle(one), readAngle(other)];
    const place = a && b && placeOf(a, b);
    if (place) return place;
  }
  return undefined;
}

/** Where the first coordinate can end: at a letter, a semicolon, a comma with a space, or the middle of the numbers. */
function halvesOf(plain: string): [string, string][] {
  const cuts = [
    /^(.*\d[^,;]*[NSEW]) ?[,;]? ?(.+)$/,
    /^([NSEW].*?) ?[,;]? ?([NSEW].+)$/,
    /^(.+?) ?[;/] ?(.+)$/,
    /^(.+?), (.+)$/,
  ];
  const found = cuts.flatMap((cut) => {
    const [, one, other] = cut.exec(plain) ?? [];
    return one && other ? [[one, other] as [string, string]] : [];
  });
  // 33,88 8,12 has decimal commas, 33.88,8.12 a comma between
  const between = plain.includes(',') && !plain.includes(' ') ? plain.split(',') : plain.split(' ');
  const half = between.length / 2;
  const join = plain.includes(' ') ? ' ' : ',';
  if (Number.isInteger(half)) found.push([between.slice(0, half).join(join), between.slice(half).join(join)]);
  return found;
}

function readAngle(text: string): Angle | undefined {
  const [, before, sign, degrees, minutes, seconds, behind] = ANGLE.exec(text.trim()) ?? [];
  if (degrees === undefined || (before && behind)) return undefined;
  const [m, s] = [numberOf(minutes ?? '0'), numberOf(seconds ?? '0')];
  const isBroken = minutes !== undefined && !Number.isInteger(numberOf(degrees));
  if (m >= 60 || s >= 60 || isBroken || (seconds !== undefined && !Number.isInteger(m))) return undefined;
  const letter = before ?? behind ?? '';
  if (sign && letter) return undefined;
  const size = numberOf(degrees) + m / 60 + s / 3600;
  return { degrees: sign === '-' || letter === 'S' || letter === 'W' ? -size : size, letter };
}

function placeOf(one: Angle, other: Angle): WrittenPlace | undefined {
  const axes = [one, other].map(({ letter }) => (letter === '' ? '' : 'NS'.includes(letter) ? 'lat' : 'lon'));
  if (axes[0] !== '' && axes[0] === axes[1]) return undefined;
  const isLonFirst = axes[0] === 'lon' || axes[1] === 'lat';
  const [lat, lon] = isLonFirst ? [other.degrees, one.degrees] : [one.degrees, other.degrees];
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { form: 'degrees', lat, lon };
}
