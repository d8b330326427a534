import type { agencies as english } from '../en/agencies.ts';
import {
  count,
  DAYS,
  DIGITS,
  list,
  listOr,
  nameOf,
  namesAnd,
  namesOf,
  outcomeWord,
  thisNoun,
} from './words.ts';

export const agencies: typeof english = {
  'agency-form': () =>
    'يجب أن يكون Feature: أرسل { "type": "Feature", "geometry": null, "properties": { … } } كما يجيب به GET',
  'agency-of-other-country': ({ agency, country, yours }) =>
    `الجهة ${agency} تتبع البلد: ${nameOf(country)}؛ ومفتاحك لجهات البلد: ${nameOf(yours)}.`,
  'agency-for-other-country': ({ country, yours }) =>
    `المتن لجهة تتبع البلد: ${nameOf(country)}؛ ومفتاحك لجهات البلد: ${nameOf(yours)}.`,
  'telephone-form': ({ digits }) =>
    `يجب أن يكون رقم هاتف مثل +216 71 000 000 أو 198، والحد الأقصى: ${count(digits, DIGITS)}`,
  'slug-form': () => 'يجب أن يتكون من كلمات بأحرف لاتينية صغيرة تربطها شرطات',

  'segment-id-form': () => 'يجب أن يكون على شكل DZA-TUN-07',
  'mandate-id-form': () => 'يجب أن يكون على شكل m-001',
  'mandate-of-other-country': ({ agency, country, yours }) =>
    `الجهة ${agency} تتبع البلد: ${nameOf(country)}؛ ومفتاحك لاختصاصات البلد: ${nameOf(yours)}.`,
  'mandate-overlaps': ({ mandate }) =>
    `يمنح الاختصاص ${mandate} الجهة نفسها الوظيفة نفسها في النطاق نفسه خلال جزء من هذه الفترة. غيّر ذلك الاختصاص أو اختر فترة لا تتداخل معه.`,
  'scope-of-other-country': ({ given, agency, country }) =>
    `${given} ليس بلد الجهة ${agency}، فبلدها: ${nameOf(country)}`,
  'scope-elsewhere': ({ id, countries, country }) =>
    `${id} يخص ${namesAnd(countries)}، ولا يخص ${nameOf(country)}`,
  'period-backwards': ({ from, to }) => `يجب أن تكون النهاية (${to}) بعد البداية (${from})`,
  'one-place-needed': ({ given }) =>
    `يلزم معامل واحد فقط من zone، segment، crossing، ${given.length === 0 ? 'ولم يُذكر أي منها' : `وقد ذُكرت: ${list(given)}`}`,

  'side-of-other-country': ({ country, yours }) =>
    `مفتاحك يتحدث باسم ${nameOf(yours)}، وليس باسم ${nameOf(country)}.`,
  'side-missing': ({ crossing, yours }) =>
    `مفتاحك يتحدث باسم ${nameOf(yours)}، وليس للمعبر ${crossing} جانب تابع لهذا البلد.`,
  'entering-elsewhere': ({ crossing, countries }) =>
    `يجب أن يكون أحد بلدي المعبر ${crossing}: ${listOr(countries)}`,
  'state-or-hours': () => 'اذكر الحالة أو ساعات العمل، لا كلتيهما',
  'period-unbounded': ({ days }) =>
    `يجب أن تكون فترة لها بداية ونهاية مثل 2026-11-01/2026-11-30، والحد الأقصى: ${count(days, DAYS)}`,
  'clock-form': () => 'يجب أن يكون وقتا مثل 07:00',
  'exception-too-long': ({ days }) => `الحد الأقصى لمدة الاستثناء: ${count(days, DAYS)}`,
  'exceptions-overlap': ({ from }) => `يبدأ في ${from}، وهذا اليوم يشمله استثناء آخر`,
  'withdrawal-reason-missing': () => 'يجب أن يذكر ما كان خطأ',
  'statement-withdrawn': ({ at }) => `سُحب البيان من قبل، في ${at}.`,
  'figure-missing': () => 'يلزم رقم واحد على الأقل: passengers أو vehicles أو trucks أو medianWaitingMinutes',
  'counted-by-others': ({ agency, yours }) => `الجهة ${agency} لا تتبع البلد: ${nameOf(yours)}`,
  'day-form': () => 'يجب أن يكون تاريخا مثل 2026-11-01',
  'not-after-from': ({ from }) => `ليس بعد from (${from})`,

  'no-mandate-here': ({ agency }) =>
    `ليس للجهة ${agency} اختصاص في مكان هذا الحادث. أضف تقريرا إلى الحادث، أو سجّل أولا اختصاصا هناك.`,
  'offer-of-other-agency': ({ agency }) =>
    `لا تغيّر هذا العرض إلا الجهة ${agency}. ويحق لمنسّق من بلدها تغيير تصنيفه.`,
  'response-of-other-agency': ({ agency }) => `لا تغيّر حالة هذا التدخل إلا الجهة ${agency}.`,
  'recipient-unknown': ({ id }) => `${id} ليس جهة ولا بلدا`,
  'recipient-yourself': () => 'هو جهتك نفسها',
  'recipient-blind': ({ noun, recipients, tlp, owner }) =>
    `تصنيف ${thisNoun(noun)} هو ${tlp}، ولا يراه: ${namesOf(recipients)}. يحق لمنسّق من البلد المالك (${nameOf(owner)}) توسيع نطاق الاطلاع عليه؛ ثم أرسل الطلب.`,
  'request-not-yours': ({ agency }) => `لا تسحب هذا الطلب إلا الجهة التي أرسلته: ${agency}.`,
  'request-not-for-you': ({ to }) =>
    `لا يجيب على هذا الطلب إلا من أُرسل إليهم: ${namesOf(to)}. ويحق لمن أرسله سحبه.`,
  'answer-with-withdrawal': () => 'يصح مع الجواب فقط، لا مع السحب',
  'request-text-missing': () => 'يجب أن يصف الطلب',
  'needs-missing': () => 'يجب أن يذكر ما هو مطلوب',
  'due-past': ({ value }) => `انقضى الموعد ${value}`,

  'assistance-not-yours': () =>
    'لا يذكر ما تم إلا فرق الإنقاذ عند تلك الحدود والجهة صاحبة الحادث. أضف بدلا من ذلك تقريرا إلى الحادث.',
  'outcome-needed': ({ outcomes }) => `قيمة ناقصة: ${list(outcomes.map(outcomeWord))}`,
  'outcome-too-early': () => 'لا يصح إلا مع حالة «قُدّمت المساعدة»',
};
