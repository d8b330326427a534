import type { impact as english } from '../en/impact.ts';
import { nameOf, namesAnd, namesOf } from './words.ts';

const DECIDED = {
  proposed: 'بانتظار منسّق',
  declined: 'مرفوض',
  assessed: 'معتمد من قبل',
  waiting: 'بانتظار الجانبين اللذين يقرران في مقترحه المشترك',
  ended: 'منتهٍ',
  expired: 'منتهي الصلاحية',
};
const SETTLED = { open: 'لم تُنفّذ بعد', done: 'نُفّذت', cancelled: 'أُلغيت' };

export const impact: typeof english = {
  'rationale-missing': () => 'يجب ذكر السبب',
  'days-of-critical': () => 'لا يدوم عددا من الأيام إلا المستوى الحرج؛ وغيره يسري حتى المستوى التالي',
  'impact-of-other-side': ({ segment, countries }) =>
    `يقيّم كل جانب من القطاع ${segment} جانبه: ${namesOf(countries)}.`,
  'critical-hidden': ({ others }) =>
    `يتفق الجانبان على المستوى الحرج، لذلك يجب أن يسمح تصنيفه بأن يراه: ${namesAnd(others)}. اختر GREEN، أو AMBER مع releasableTo.`,
  'assessment-decided': ({ id, state }) => `التقييم ${id} ${DECIDED[state]}. قيّم القطاع من جديد.`,
  'reaction-of-other-side': ({ country }) => `تنفّذ هذه الاستجابة وتعلنها جهات البلد: ${nameOf(country)}.`,
  'reaction-settled': ({ id, state }) => `الاستجابة ${id} ${SETTLED[state]}.`,
};
