import type { consents as english } from '../en/consents.ts';

const STANDS = {
  proposed: 'بانتظار الموافقات',
  agreed: 'متفق عليه؛ اسحب موافقتك بدلا من ذلك',
  refused: 'مرفوض؛ اقترحه من جديد',
  withdrawn: 'مسحوب؛ اقترحه من جديد',
  expired: 'منتهي الصلاحية؛ اقترحه من جديد',
};

export const consents: typeof english = {
  'refusal-without-reason': () => 'يجب ذكر سبب الرفض',
  'approval-not-given': ({ id }) =>
    `لم يوافق بلدك على المقترح ${id}، فلا توجد موافقة لسحبها. ارفضه بدلا من ذلك.`,
  'proposal-not-open': ({ id, state }) => `المقترح ${id} ${STANDS[state]}.`,
};
