import { locale } from '../words/language.ts';
import { value } from '../words/values.ts';
import { nameIn } from '../words/words.ts';
import { isStretch, ruleOf, titleOfAct, type ZoneFacts } from './zone.answer.ts';
import { said } from './zone.words.ts';

/** Tenths are finer than any line on the map. */
export const tenths = (figure: number): number => Math.round(figure * 10) / 10;
export const kmText = (km: number): string => said.km({ n: tenths(km) });
export const areaText = (km2: number): string => said.km2({ n: tenths(km2) });

/** Day, month, year and time: validity reaches over years. */
export const dateText = (at: string): string =>
  new Intl.DateTimeFormat(locale.value, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

export const countriesText = (codes: readonly string[]): string =>
  codes.map((code) => value('country', code)).join(' · ');

export const validityText = ({ validFrom, validTo }: ZoneFacts): string =>
  validTo
    ? said.period({ from: dateText(validFrom), to: dateText(validTo) })
    : said.openPeriod({ from: dateText(validFrom) });

/** What a revision says, by label, as texts in the language of the reader. */
export function factsOf(zone: ZoneFacts): [label: string, text: string][] {
  return [
    [said.name(), nameIn(zone.names)],
    [said.kind(), value('zoneKind', zone.kind)],
    [said.purpose(), zone.purpose ?? ''],
    [said.participants(), countriesText(zone.participants)],
    [said.validity(), validityText(zone)],
    ...ruleFacts(zone),
    [said.area(), areaText(zone.areaKm2)],
    [said.legalAct(), titleOfAct(zone.legalAct)],
  ];
}

function ruleFacts(zone: ZoneFacts): [string, string][] {
  const rule = ruleOf(zone);
  if (!rule) return [[said.along(), said.drawnArea()]];
  if ('crossing' in rule)
    return [
      [said.along(), said.around({ id: rule.crossing })],
      [said.width(), kmText(rule.radiusMetres / 1000)],
    ];
  const where = isStretch(rule)
    ? `${value('border', rule.border)} · ${said.stretch({ from: tenths(rule.fromKm), to: tenths(rule.toKm) })}`
    : said.segment({ id: rule.segment });
  return [
    [said.along(), where],
    [said.width(), kmText(rule.widthMetres / 1000)],
    [said.side(), sideText(rule.side)],
  ];
}

export const sideText = (side: string | undefined): string =>
  !side || side === 'both' ? said.bothSides() : value('countrySide', side);

export interface Difference {
  label: string;
  before: string;
  after: string;
}

/** What differs between two revisions, in words. */
export function differencesOf(before: ZoneFacts, after: ZoneFacts): Difference[] {
  const [was, is] = [new Map(factsOf(before)), new Map(factsOf(after))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((label) => ({ label, before: was.get(label) ?? '', after: is.get(label) ?? '' }))
    .filter((one) => one.before !== one.after);
}
