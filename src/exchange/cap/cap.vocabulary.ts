import type { z } from 'zod';
import type { INCIDENT_KINDS, NATURES, SEVERITIES } from '../../features/incidents/incident.vocabulary.ts';
import type { alertProperties } from '../alerts/alert.schema.ts';

/** RFC 5646. */
export const LANGUAGES = ['en', 'fr', 'ar'] as const;
export type CapLanguage = (typeof LANGUAGES)[number];
export type Words = Record<CapLanguage, string>;

const words = (en: string, fr: string, ar: string): Words => ({ en, fr, ar });

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

interface KindInCap extends Words {
  category: Category;
  responses: readonly Response[];
}

const kind = (category: Category, names: Words, responses: readonly Response[] = ['Monitor', 'Assess']) => ({
  category,
  responses,
  ...names,
});

/** Each incident kind with its CAP 1.2 §3.2.2 category, in three languages. */
export const KINDS: Record<IncidentKind, KindInCap> = {
  irregular_crossing: kind(
    'Security',
    words('Irregular border crossing', 'Franchissement irrégulier de la frontière', 'عبور غير نظامي للحدود'),
  ),
  smuggling_goods: kind(
    'Security',
    words('Smuggling of goods', 'Contrebande de marchandises', 'تهريب بضائع'),
  ),
  smuggling_fuel: kind('Security', words('Fuel smuggling', 'Contrebande de carburant', 'تهريب وقود')),
  trafficking_suspected: kind(
    'Security',
    words('Suspected trafficking', 'Trafic présumé', 'اشتباه في الاتجار غير المشروع'),
  ),
  armed_incident: kind('Security', words('Armed incident', 'Incident armé', 'حادث مسلح'), [
    'Avoid',
    'Monitor',
    'Assess',
  ]),
  infiltration_suspected: kind(
    'Security',
    words('Suspected infiltration', 'Infiltration présumée', 'اشتباه في تسلل'),
  ),
  unattributed_vehicle_or_craft: kind(
    'Security',
    words(
      'Unattributed vehicle or craft',
      'Véhicule ou engin non attribué',
      'مركبة أو وسيلة نقل مجهولة المصدر',
    ),
  ),
  distress: kind('Rescue', words('People in distress', 'Personnes en détresse', 'أشخاص في خطر'), ['Assess']),
  fire: kind('Fire', words('Fire', 'Incendie', 'حريق'), ['Avoid', 'Monitor', 'Assess']),
  // CAP files floods under weather
  flood: kind('Met', words('Flood', 'Inondation', 'فيضان'), ['Avoid', 'Monitor', 'Assess']),
  mine_or_uxo: kind(
    'Safety',
    words('Mine or unexploded ordnance', 'Mine ou munition non explosée', 'لغم أو ذخيرة غير منفجرة'),
    ['Avoid', 'Assess'],
  ),
  health_event: kind('Health', words('Health event', 'Événement sanitaire', 'حدث صحي')),
  crossing_closure: kind(
    'Transport',
    words('Closure of a crossing', 'Fermeture d’un point de passage', 'إغلاق معبر حدودي'),
  ),
  infrastructure: kind(
    'Infra',
    words('Infrastructure out of order', 'Infrastructure hors service', 'عطل في البنية التحتية'),
  ),
  other: kind('Other', words('Other incident', 'Autre incident', 'حادث آخر')),
};

export const SEVERITY_WORDS: Record<(typeof SEVERITIES)[number], Words> = {
  minor: words('minor', 'mineur', 'طفيف'),
  moderate: words('moderate', 'modéré', 'متوسط'),
  severe: words('severe', 'grave', 'شديد'),
  extreme: words('extreme', 'extrême', 'بالغ الشدة'),
};

/** Headline prefix of exercises and tests. */
export const NATURE_WORDS: Record<(typeof NATURES)[number], Words | undefined> = {
  actual: undefined,
  exercise: words('EXERCISE', 'EXERCICE', 'تمرين'),
  test: words('TEST', 'ESSAI', 'اختبار'),
};

export type Trigger = z.output<typeof alertProperties>['trigger'];

/** Headline of an alert by trigger. */
export const TRIGGER_WORDS: Record<Trigger, Words> = {
  enter: words('Entered a watched area', 'Entrée dans une zone surveillée', 'دخول منطقة مراقبة'),
  leave: words('Left a watched area', 'Sortie d’une zone surveillée', 'خروج من منطقة مراقبة'),
  created: words('Reported', 'Signalé', 'بلاغ جديد'),
  updated: words('Updated', 'Mis à jour', 'تحديث'),
  closed: words('Closed', 'Clos', 'إغلاق الملف'),
  threshold: words('Many within a short time', 'Nombreux en peu de temps', 'عدد كبير في وقت قصير'),
  overdue: words(
    'Not acknowledged in time',
    'Sans accusé de réception à temps',
    'لم يؤكد الاستلام في الموعد',
  ),
  impact: words('Impact level changed', 'Niveau d’impact modifié', 'تغير مستوى الأثر'),
  'reaction-overdue': words(
    'Reaction to an impact level overdue',
    'Réaction à un niveau d’impact en retard',
    'تأخر الاستجابة لمستوى الأثر',
  ),
  suspended: words(
    'Alerts stopped: the filter is too costly',
    'Alertes suspendues : le filtre est trop coûteux',
    'توقفت التنبيهات: المرشح مكلف جدا',
  ),
  distress: words('Assistance needed', 'Assistance requise', 'مساعدة مطلوبة'),
};

const PLACE_WORDS = {
  segment: words('segment', 'segment', 'قطاع'),
  crossing: words('near the crossing', 'près du point de passage', 'قرب معبر'),
};
const COMMA = words(', ', ', ', '، ');
const KILOMETRE = words('km ', 'km ', 'كم ');

export interface BorderPlace {
  lon: number;
  lat: number;
  borderNames: Partial<Words> | null;
  borderKm: number | null;
  segmentNames: Partial<Words> | null;
  crossingNames?: Partial<Words> | null;
}

/** A name in a language, or else in English. */
export const named = (names: Partial<Words>, language: CapLanguage): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? '';

/** Border and chainage, or the position if no border is near. */
export function placeIn(language: CapLanguage, place: BorderPlace): string {
  const { lon, lat, borderNames, borderKm, segmentNames, crossingNames } = place;
  const parts = [
    borderNames ? named(borderNames, language) : `${lat}, ${lon}`,
    borderKm === null ? undefined : KILOMETRE[language] + kilometreIn(language, borderKm),
    segmentNames ? `${PLACE_WORDS.segment[language]} ${named(segmentNames, language)}` : undefined,
    crossingNames ? `${PLACE_WORDS.crossing[language]} ${named(crossingNames, language)}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(COMMA[language]);
}

const kilometreIn = (language: CapLanguage, km: number): string => {
  const text = km.toFixed(1);
  return language === 'fr' ? text.replace('.', ',') : text;
};
