import { type InLanguages, type Language, wordWithin } from '../../core/vocabulary.ts';
import type { INCIDENT_KINDS, NATURES } from '../../features/incidents/incident.vocabulary.ts';

type IncidentKind = (typeof INCIDENT_KINDS)[number];
type Category =
  | 'Security'
  | 'Rescue'
  | 'Fire'
  | 'Met'
  | 'Safety'
  | 'Health'
  | 'Transport'
  | 'Infra'
  | 'Other';
// excludes every type that means, or could be read as, turning people back
type Response = 'Assess' | 'Avoid' | 'Monitor';

interface KindInCap {
  category: Category;
  responses: readonly Response[];
}

const kind = (category: Category, responses: readonly Response[] = ['Monitor', 'Assess']): KindInCap => ({
  category,
  responses,
});
const AVOID = ['Avoid', 'Monitor', 'Assess'] as const;

/** Each incident kind with its CAP 1.2 §3.2.2 category. */
export const KINDS: Record<IncidentKind, KindInCap> = {
  irregular_crossing: kind('Security'),
  smuggling_goods: kind('Security'),
  smuggling_fuel: kind('Security'),
  trafficking_suspected: kind('Security'),
  armed_incident: kind('Security', AVOID),
  infiltration_suspected: kind('Security'),
  unattributed_vehicle_or_craft: kind('Security'),
  distress: kind('Rescue', ['Assess']),
  fire: kind('Fire', AVOID),
  // CAP files floods under weather
  flood: kind('Met', AVOID),
  mine_or_uxo: kind('Safety', ['Avoid', 'Assess']),
  health_event: kind('Health'),
  crossing_closure: kind('Transport'),
  infrastructure: kind('Infra'),
  other: kind('Other'),
};

/** Headline prefix of exercises and tests. */
export const naturePrefix = (nature: (typeof NATURES)[number], language: Language): string | undefined =>
  nature === 'actual' ? undefined : wordWithin('nature', nature, language).toLocaleUpperCase(language);

const words = (en: string, fr: string, ar: string): InLanguages => ({ en, fr, ar });

const PLACE_WORDS = {
  segment: words('segment', 'tronçon', 'قطاع'),
  crossing: words('near the crossing', 'près du point de passage', 'قرب معبر'),
};
const COMMA = words(', ', ', ', '، ');
const KILOMETRE = words('km ', 'km ', 'كم ');

export interface BorderPlace {
  lon: number;
  lat: number;
  borderNames: Partial<InLanguages> | null;
  borderKm: number | null;
  segmentNames: Partial<InLanguages> | null;
  crossingNames?: Partial<InLanguages> | null;
}

/** A name in a language, or else in English. */
export const named = (names: Partial<InLanguages>, language: Language): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? '';

/** Border and chainage, or the position if no border is near. */
export function placeIn(language: Language, place: BorderPlace): string {
  const { lon, lat, borderNames, borderKm, segmentNames, crossingNames } = place;
  const parts = [
    borderNames ? named(borderNames, language) : `${lat}, ${lon}`,
    borderKm === null ? undefined : KILOMETRE[language] + kilometreIn(language, borderKm),
    segmentNames ? `${PLACE_WORDS.segment[language]} ${named(segmentNames, language)}` : undefined,
    crossingNames ? `${PLACE_WORDS.crossing[language]} ${named(crossingNames, language)}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(COMMA[language]);
}

const kilometreIn = (language: Language, km: number): string => {
  const text = km.toFixed(1);
  return language === 'fr' ? text.replace('.', ',') : text;
};
