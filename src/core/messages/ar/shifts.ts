import type { shifts as english } from '../en/shifts.ts';

const WANTED = {
  note: 'لا تقبل ملاحظات',
  offer: 'لا يمكن عرض تسليمها',
  withdraw: 'ليس لها عرض تسليم لسحبه',
  confirm: 'ليس لها عرض تسليم لتأكيده',
};
const STANDS = { open: 'جارية', offered: 'معروضة للتسليم', closed: 'مسلَّمة' };
const WAY_OUT = {
  open: 'اعرض تسليمها مع POST …/handover.',
  offered: 'اسحب العرض مع DELETE …/handover أو أكّده مع POST …/handover/confirmation.',
  closed: 'افتح المناوبة التالية مع POST /shifts.',
};

export const shifts: typeof english = {
  'shift-not-closed': ({ id, name }) => `لجهتك المناوبة ${id} في ${name}. سلّمها أولا.`,
  'shift-crossing-missing': ({ id }) => `لا يوجد معبر ${id}`,
  'shift-of-other-agency': ({ agency }) => `لا تكتب في هذه المناوبة إلا الجهة ${agency}.`,
  'shift-state': ({ event, state }) => `المناوبة ${STANDS[state]} و${WANTED[event]}. ${WAY_OUT[state]}`,
  'handover-needs-another-key': () =>
    'المفتاح الذي عرض التسليم لا يمكنه تأكيده. أكّده بمفتاح المناوبة التالية.',
  'handover-replaced': ({ offer, newest }) =>
    `سُحب العرض ${offer}، وأحدث عرض هو ${newest}. اقرأ التسليم من جديد.`,
};
