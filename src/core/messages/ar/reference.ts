import type { reference as english } from '../en/reference.ts';
import { count, METRES, nameOf, namesOf } from './words.ts';

export const reference: typeof english = {
  'side-id-form': () => 'يسمّي معبرا وبلدا، مثل ras-ajdir/TUN',
  'valid-from-future': ({ value }) => `${value} في المستقبل: اقترح التصحيح عندما يصبح ساريا`,
  'feature-repeats': ({ id }) => `يرد ${id} مرتين في الملف`,

  'border-ends-move': ({ border }) =>
    `يجب أن يبقى طرفا ${border} في مكانهما: فالساحل ونقاط التقاء الحدود الثلاثة تخص خطوطا أخرى أيضا. ابدأ الخط وأنهه حيث يبدأ وينتهي اليوم، من الشمال إلى الجنوب.`,
  'border-line-crosses': ({ border, country }) =>
    `الخط الجديد للحدود ${border} يقطع نفسه أو جزءا آخر من حدود البلد: ${nameOf(country)}.`,
  'segment-unknown': ({ segment }) => `لا يوجد قطاع ${segment} لحذفه.`,
  'segment-in-use': ({ segment }) =>
    `ما زال القطاع ${segment} مستعملا، مثلا في اختصاص. أعطِ الاختصاص نطاقا آخر أو أنهه؛ فالقطاع الذي له تاريخ يبقى.`,
  'segment-without-names': ({ segment }) => `القطاع ${segment} جديد، فيحتاج إلى أسماء.`,
  'segment-without-stretch': ({ segment }) =>
    `يحتاج القطاع ${segment} إلى خط على حدوده، أو إلى fromKm أصغر من toKm.`,
  'segment-off-border': ({ segment, border, metres }) =>
    `ينتهي خط القطاع ${segment} بعيدا عن ${border}، والمسافة: ${count(metres, METRES)}؛ الحد الأقصى: 100 متر.`,
  'segments-leave-gap': ({ border, fromKm, toKm }) =>
    `لا يغطي أي قطاع ${border} من الكيلومتر ${fromKm} إلى الكيلومتر ${toKm}. غيّر القطاعين المجاورين في الملف نفسه.`,
  'segments-overlap': ({ border, fromKm, toKm }) =>
    `يغطي قطاعان ${border} من الكيلومتر ${fromKm} إلى الكيلومتر ${toKm}، أو ينتهي أحدهما بعد نهايتها. غيّر القطاعين المجاورين في الملف نفسه.`,
  'crossing-incomplete': ({ crossing }) =>
    `المعبر ${crossing} جديد، فيحتاج إلى geometry، names، kind، horizontalAccuracyMetres.`,
  'crossing-off-border': ({ crossing, border, metres }) =>
    `المعبر ${crossing} بعيد عن ${border}، والمسافة: ${count(metres, METRES)}؛ الحد الأقصى: 5000 متر.`,
  'crossing-without-sides': ({ crossing }) => `يحتاج المعبر ${crossing} إلى جانبي البلدين في الملف نفسه.`,
  'side-unknown': ({ side }) => `لا يوجد معبر له الجانب ${side}.`,
  'correction-too-early': ({ id, validFrom }) =>
    `لـ ${id} إصدار يبدأ من ${validFrom}. لا يمكن أن يبدأ الإصدار الجديد قبله: احذف validFrom، أو اختر موعدا لاحقا.`,
  'correction-changes-nothing': () => 'كل شيء مطابق للملف من قبل.',
  'correction-not-yours': ({ participants }) =>
    `لا يقترح تصحيح هذه الصفوف إلا مديرو الحسابات في البلدان التي تملكها: ${namesOf(participants)}.`,
  'correction-overtaken': () => 'طُبّق تصحيح آخر للصفوف نفسها بعد اقتراح هذا التصحيح. اقترحه من جديد.',
};
