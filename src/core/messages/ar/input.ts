import type { input as english } from '../en/input.ts';
import { CHARACTERS, count, ENTRIES, LEVELS, list, MORE_FAULTS, nouns, TIMES } from './words.ts';

const PARTS_OF_REQUEST: Readonly<Record<string, string>> = {
  path: 'المسار',
  query: 'المعامل',
  body: 'المتن',
  header: 'الترويسة',
};

const UNITS = { characters: CHARACTERS, entries: ENTRIES };

export const input: typeof english = {
  'input-invalid': ({ in: place, path, fault, more }, say) =>
    `${PARTS_OF_REQUEST[place] ?? place}${path && ` ${path}`}: ${say(fault)}${more > 0 ? ` (و${count(more, MORE_FAULTS)}، انظر errors)` : ''}`,

  required: () => 'قيمة إلزامية',
  'unknown-name': ({ known }) =>
    known.length > 0 ? `غير معروف؛ المعروف: ${list(known)}` : 'غير معروف؛ لا تقبل هذه العملية أي معامل',
  'name-reserved': () => 'غير معروف',
  'wrong-type': ({ expected }) => `القيمة المطلوبة: ${KINDS[expected] ?? expected}`,
  'too-small': ({ minimum }) => `الحد الأدنى: ${minimum}`,
  'too-large': ({ maximum }) => `الحد الأقصى: ${maximum}`,
  'not-above': ({ limit }) => `يجب أن تكون القيمة أكبر من ${limit}`,
  'not-below': ({ limit }) => `يجب أن تكون القيمة أصغر من ${limit}`,
  'too-short': ({ minimum, unit }) => `الحد الأدنى للطول: ${count(minimum, UNITS[unit])}`,
  'too-long': ({ maximum, unit }) => `الحد الأقصى للطول: ${count(maximum, UNITS[unit])}`,
  'wrong-length': ({ exactly, unit }) => `الطول المطلوب: ${count(exactly, UNITS[unit])}`,
  'wrong-number': ({ exactly }) => `القيمة المطلوبة: ${exactly}`,
  'not-allowed': ({ allowed }) =>
    allowed.length === 1 ? `القيمة المطلوبة: ${allowed[0]}` : `القيم الممكنة: ${list(allowed)}`,
  'wrong-format': ({ format }) => `القيمة المطلوبة: ${FORMATS[format] ?? `صيغة ${format}`}`,
  'wrong-start': ({ prefix }) => `يجب أن تبدأ القيمة بـ ${prefix}`,
  'wrong-end': ({ suffix }) => `يجب أن تنتهي القيمة بـ ${suffix}`,
  'lacks-text': ({ text }) => `يجب أن تحتوي القيمة على ${text}`,
  'wrong-pattern': ({ pattern }) => `يجب أن تطابق القيمة ${pattern}`,
  'not-multiple': ({ divisor }) => `يجب أن تكون القيمة من مضاعفات ${divisor}`,
  'no-variant': () => 'لا يطابق أيا من الأشكال المسموح بها',
  'phrase-without-words': () => 'يجب أن يحتوي على حرف أو رقم',
  invalid: () => 'قيمة غير صالحة',

  'given-often': ({ times }) => `عدد مرات ذكره: ${count(times, TIMES)}؛ اذكره مرة واحدة`,
  'nested-too-deep': ({ levels }) => `التداخل يتجاوز الحد الأقصى: ${count(levels, LEVELS)}`,
  'holds-nul': () => 'يجب ألا يحتوي على الرمز NUL (U+0000)',
  'holds-half-surrogate': () => 'يجب ألا يحتوي على نصف زوج بديل من Unicode',
  'id-of-other-path': ({ id }) => `${id} ليس معرّف المسار`,
  'no-such': ({ noun, id }) => `لم يُعثر على ${nouns[noun]} بالمعرّف ${id}`,
};

const KINDS: Readonly<Record<string, string>> = {
  array: 'قائمة',
  tuple: 'قائمة',
  object: 'كائن',
  record: 'كائن',
  number: 'رقم',
  int: 'عدد صحيح',
  boolean: 'true أو false',
  string: 'نص',
  date: 'تاريخ',
  null: 'null',
  undefined: 'لا شيء',
  never: 'لا شيء',
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'تاريخ ووقت مثل 2026-01-31T12:00:00Z',
  date: 'تاريخ مثل 2026-01-31',
  time: 'وقت مثل 12:00:00',
  duration: 'مدة بصيغة ISO 8601 مثل P1D',
  uuid: 'معرّف UUID',
  email: 'عنوان بريد إلكتروني',
  url: 'عنوان URL',
};
