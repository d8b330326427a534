import type { zones as english } from '../en/zones.ts';
import { nameOf, namesAnd, namesOf, roleWords } from './words.ts';

const DECIDED = {
  approve: 'الموافقة عليها',
  reject: 'رفضها',
  withdraw: 'سحب الموافقة عليها',
};
const STANDS = {
  draft: 'مسودة، ولا يمكن',
  waiting: 'بانتظار الموافقات، ولا يمكن',
  coming: 'وافق عليها جميع المشاركين، ولا يمكن',
  inForce: 'سارية، ولا يمكن',
  expired: 'منتهية الصلاحية، ولا يمكن',
  suspended: 'معلّقة، ولا يمكن',
};
const WAY_OUT = {
  draft: 'يقترحها مشغّلوها أولا.',
  waiting: 'وافق عليها أو ارفضها.',
  coming: 'اسحب موافقتك بدلا من ذلك.',
  inForce: 'اسحب موافقتك بدلا من ذلك.',
  expired: 'يمكن لمشغّليها اقتراح نسخة لها validTo آخر.',
  suspended: 'يمكن لمشغّليها اقتراحها من جديد.',
};

export const zones: typeof english = {
  'zone-role-missing': ({ yours }) => `أدوار مفتاحك لا تكفي لذلك: ${roleWords(yours)}.`,
  'zone-not-yours': ({ owner }) => `لا يغيّر هذه المنطقة إلا مشغّلو البلد المالك: ${nameOf(owner)}.`,
  'decision-not-yours': ({ participants, revision }) =>
    `لا يقرر بشأن النسخة ${revision} إلا منسّقو البلدان المشاركة: ${namesAnd(participants)}.`,
  'rejection-without-reason': () => 'يجب ذكر سبب الرفض',
  'consent-not-given': ({ country, revision }) =>
    `لم تصدر موافقة على النسخة ${revision} من البلد: ${nameOf(country)}، فلا توجد موافقة لسحبها. ارفضها بدلا من ذلك.`,
  'zone-withdrawn': ({ id }) => `سُحبت المنطقة ${id}. أنشئ منطقة جديدة.`,
  'already-proposed': ({ revision, awaiting }) =>
    `النسخة ${revision} مقترحة من قبل، وهي بانتظار: ${namesOf(awaiting)}.`,
  'already-agreed': ({ id }) => `اتُّفق على المنطقة ${id}. غيّرها مع PATCH، فذلك يقترح النسخة التالية.`,
  'decision-not-allowed': ({ revision, stage, decision }) =>
    `النسخة ${revision} ${STANDS[stage]} ${DECIDED[decision]}. ${WAY_OUT[stage]}`,
  'stale-revision': ({ id, revision, newest }) =>
    `النسخة ${revision} من المنطقة ${id} ليست مطروحة للقرار. ${
      newest === undefined ? 'حلت محلها نسخة أحدث' : `أحدث نسخة تراها هي ${newest}`
    }: اقرأها مع ?revision=latest.`,
  'never-in-force': ({ id, at }) =>
    `لم تكن أي نسخة متفق عليها من المنطقة ${id} سارية في ${at}. تذكر قائمة نسخها متى سرت كل منها.`,

  'red-hides-zone': () => 'يخفي RED المنطقة عن المشاركين الآخرين',
  'country-must-participate': ({ country }) => `يجب أن يشارك بلدك: ${nameOf(country)}`,
  'participants-repeat': () => 'يجب أن يُذكر كل بلد مرة واحدة',
  'purpose-empty': () => 'يجب أن يذكر شيئا',
  'ends-before-start': ({ validFrom }) => `يجب أن يكون بعد validFrom (${validFrom ?? 'الآن'})`,
  'geometry-or-rule': () => 'يتطلب شكلا هندسيا أو قاعدة في derivedFrom، لا كليهما',
  'at-or-revision': () => 'اذكر at أو revision، لا كليهما',
  'side-not-of-line': ({ side, line }) => `البلد (${nameOf(side)}) ليس جانبا من ${line}`,
  'side-not-participant': ({ side }) => `البلد غير مشارك: ${nameOf(side)}`,
  'stretch-backwards': ({ fromKm, toKm }) => `يجب أن يكون ${toKm} أكبر من fromKm وهو ${fromKm}`,
  'empty-area': () =>
    'لا تنتج القاعدة أي مساحة: الحدود أو القطاع أو المعبر غير موجود، أو المسافة تقع بعد نهايته، أو لا يقع شيء منها في أراضي المشاركين.',
};
