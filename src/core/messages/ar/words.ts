import type { Noun } from '../message.params.ts';
import type { Shown } from '../message.ts';
import { vocabulary } from './vocabulary.ts';

export const nouns: Record<Noun, string> = {
  agency: 'جهة',
  alert: 'تنبيه',
  assessment: 'تقييم',
  asset: 'مورد',
  border: 'حدود',
  correction: 'تصحيح',
  country: 'بلد',
  crossing: 'معبر',
  download: 'تنزيل',
  handover: 'تسليم مناوبة',
  impact: 'قطاع',
  incident: 'حادث',
  indicator: 'مؤشر',
  key: 'مفتاح',
  'legal-hold': 'أمر حفظ قانوني للحادث',
  mandate: 'اختصاص',
  notice: 'إشعار',
  offer: 'عرض',
  'problem-type': 'نوع مشكلة',
  procedure: 'إجراء',
  proposal: 'مقترح مشترك',
  reaction: 'استجابة',
  report: 'تقرير',
  request: 'طلب',
  response: 'تدخل',
  revision: 'نسخة',
  'same-as': 'حادث مرتبط بالحدث نفسه',
  segment: 'قطاع',
  shift: 'مناوبة',
  statement: 'بيان',
  subscription: 'اشتراك',
  webhook: 'خطاف ويب',
  zone: 'منطقة',
};

const THIS: Partial<Record<Noun, string>> = {
  crossing: 'هذا المعبر',
  incident: 'هذا الحادث',
  segment: 'هذا القطاع',
  zone: 'هذه المنطقة',
};
export const thisNoun = (noun: Noun): string => THIS[noun] ?? 'هذا العنصر';

export const list = (names: readonly string[], none = 'لا شيء'): string => names.join('، ') || none;

const AND = new Intl.ListFormat('ar', { type: 'conjunction' });
const OR = new Intl.ListFormat('ar', { type: 'disjunction' });
export const listAnd = (names: readonly string[]): string => AND.format(names);
export const listOr = (names: readonly string[]): string => OR.format(names);

const wordIn = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

/** The name of a country; an agency keeps its id. */
export const nameOf = (id: string | null | undefined): string =>
  id ? wordIn(vocabulary.country, id) : 'بلد غير محدد';
export const namesOf = (ids: readonly string[]): string => list(ids.map(nameOf));
export const namesAnd = (ids: readonly string[]): string => listAnd(ids.map(nameOf));

export const roleWords = (roles: readonly string[]): string =>
  list(roles.map((role) => wordIn(vocabulary.role, role)));

export const outcomeWord = (outcome: string): string => wordIn(vocabulary.outcome, outcome);

/** The state of an incident, a response or a request. */
export const stateWord = (state: string): string =>
  wordIn({ ...vocabulary.requestState, ...vocabulary.responseState, ...vocabulary.incidentState }, state);

const RULES = new Intl.PluralRules('ar');
/** The six plural forms of Arabic; in the forms `#` is the number. */
export type ArabicForms = Readonly<Record<Intl.LDMLPluralRule, string>>;

export const count = (number: number, forms: ArabicForms): string =>
  forms[RULES.select(number)].replaceAll('#', grouped(number));

/** With the digits and the separators of the three countries: `1.048.576`. */
export const grouped = (number: number): string => number.toLocaleString('ar-TN');

/** A value of the caller, without marks that would turn the text around it. */
export function show(value: Shown): string {
  if (typeof value === 'string') return JSON.stringify(value.replace(/[\u202a-\u202e\u2066-\u2069]/g, ''));
  if (typeof value !== 'object' || value === null) return String(value);
  if ('characters' in value) return `نص من ${count(value.characters, CHARACTERS_OF)}`;
  if ('number' in value) return value.number;
  if ('entries' in value) return `قائمة من ${count(value.entries, ENTRIES_OF)}`;
  return value.kind === 'object' ? 'كائن' : 'لا شيء';
}

const forms = (
  zero: string,
  one: string,
  two: string,
  few: string,
  many: string,
  other: string,
): ArabicForms => ({ zero, one, two, few, many, other });

// Behind a colon or as a subject. Words in ة have one form for 11 to 99 and for hundreds.
export const CHARACTERS = forms('لا أحرف', 'حرف واحد', 'حرفان', '# أحرف', '# حرفا', '# حرف');
export const ENTRIES = forms('لا عناصر', 'عنصر واحد', 'عنصران', '# عناصر', '# عنصرا', '# عنصر');
export const BYTES = forms('لا بايت', 'بايت واحد', 'بايتان', '# بايتات', '# بايتا', '# بايت');
export const POSITIONS = forms('لا مواضع', 'موضع واحد', 'موضعان', '# مواضع', '# موضعا', '# موضع');
export const LEVELS = forms('لا مستويات', 'مستوى واحد', 'مستويان', '# مستويات', '# مستوى', '# مستوى');
export const ARGUMENTS = forms('لا وسائط', 'وسيط واحد', 'وسيطان', '# وسائط', '# وسيطا', '# وسيط');
export const DAYS = forms('لا أيام', 'يوم واحد', 'يومان', '# أيام', '# يوما', '# يوم');
export const METRES = forms('لا أمتار', 'متر واحد', 'متران', '# أمتار', '# مترا', '# متر');
export const DEGREES = forms('لا درجات', 'درجة واحدة', 'درجتان', '# درجات', '# درجة', '# درجة');
export const DIGITS = forms('لا أرقام', 'رقم واحد', 'رقمان', '# أرقام', '# رقما', '# رقم');
export const TIMES = forms('لا مرات', 'مرة واحدة', 'مرتان', '# مرات', '# مرة', '# مرة');
export const PARTS = forms('لا أجزاء', 'جزء واحد', 'جزءان', '# أجزاء', '# جزءا', '# جزء');
export const CELLS = forms('لا خلايا', 'خلية واحدة', 'خليتان', '# خلايا', '# خلية', '# خلية');
export const COLUMNS = forms('لا أعمدة', 'عمود واحد', 'عمودان', '# أعمدة', '# عمودا', '# عمود');
export const KILOBYTES = forms(
  'لا كيلوبايت',
  'كيلوبايت واحد',
  'كيلوبايتان',
  '# كيلوبايتات',
  '# كيلوبايتا',
  '# كيلوبايت',
);
export const FEATURES = forms('لا معالم', 'معلم واحد', 'معلمان', '# معالم', '# معلما', '# معلم');
export const STREAMS = forms('لا اتصالات', 'اتصال واحد', 'اتصالان', '# اتصالات', '# اتصالا', '# اتصال');
export const SUBSCRIPTIONS = forms(
  'لا اشتراكات',
  'اشتراك واحد',
  'اشتراكان',
  '# اشتراكات',
  '# اشتراكا',
  '# اشتراك',
);
export const WEBHOOKS = forms(
  'لا خطاطيف ويب',
  'خطاف ويب واحد',
  'خطافا ويب',
  '# خطاطيف ويب',
  '# خطاف ويب',
  '# خطاف ويب',
);
export const MIGRATIONS = forms('لا ترحيلات', 'ترحيل واحد', 'ترحيلان', '# ترحيلات', '# ترحيلا', '# ترحيل');
export const FILES = forms('لا ملفات', 'ملف واحد', 'ملفان', '# ملفات', '# ملفا', '# ملف');
export const OBJECTS = forms('لا كائنات', 'كائن واحد', 'كائنان', '# كائنات', '# كائنا', '# كائن');
export const MORE_FAULTS = forms(
  'لا أخطاء أخرى',
  'خطأ آخر',
  'خطآن آخران',
  '# أخطاء أخرى',
  '# خطأ آخر',
  '# خطأ آخر',
);

// Behind a preposition: « بعد ثانيتين ».
export const SECONDS_OF = forms('أقل من ثانية', 'ثانية واحدة', 'ثانيتين', '# ثوانٍ', '# ثانية', '# ثانية');
const CHARACTERS_OF = { ...CHARACTERS, zero: 'صفر حرف', two: 'حرفين' };
const ENTRIES_OF = { ...ENTRIES, zero: 'صفر عنصر', two: 'عنصرين' };
