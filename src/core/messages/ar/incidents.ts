import type { incidents as english } from '../en/incidents.ts';
import { list, nameOf, namesAnd, stateWord } from './words.ts';

export const incidents: typeof english = {
  'id-taken': ({ id }) => `المعرّف ${id} مأخوذ لمحتوى آخر. استعمل UUIDv7 جديدا، أو أضف تقريرا إلى حادثك.`,
  'id-not-uuid-7': () => 'يجب أن يكون UUID من الإصدار 7 (RFC 9562)',
  'counts-order': () => 'يجب أن تكون مرتبة: low ≤ best ≤ high',
  'time-ahead': ({ value }) => `${value} في المستقبل`,
  'before-occurred-at': ({ from }) => `قبل occurredAt (${from})`,
  'external-id-form': () => 'لا يحتوي إلا على أحرف وأرقام والرموز . : / # _ - والحد الأقصى: 120 حرفا',
  'report-empty': () =>
    'يجب أن يذكر شيئا: text أو severity أو certainty أو counts أو state أو geometry أو horizontalAccuracyMetres',
  'incident-of-others': ({ owner }) =>
    `لا يغيّر هذا الحادث إلا جهات البلد المالك: ${nameOf(owner)}. أرسل تقريرا فيه نص فقط.`,
  'pair-of-others': ({ owners }) =>
    `لا يقرر إن كان الحادثان حدثا واحدا إلا جهات البلدين المالكين: ${namesAnd(owners)}.`,
  'intervals-too-many': ({ count, most }) =>
    `يعطي ${count} من الفترات الجزئية، والحد الأقصى ${most}: اطلب فترات جزئية أطول أو مدة أقصر`,
  'period-too-full': ({ most }) =>
    `عدد الحوادث التي بدأت في هذه المدة أكثر من ${most}. اطلب مدة أقصر أو استخدم التصفية.`,
  'fold-without-key': () => 'يتطلب fold مفتاحا: من دونه لا تظهر أي روابط. احذفه أو أرسل مفتاحا.',
  'state-not-allowed': ({ from, to, allowed }) =>
    `لا يمكن أن تلي حالة «${stateWord(to)}» حالة «${stateWord(from)}». الحالات الممكنة: ${list(allowed.map(stateWord))}.`,
  'outcome-missing': ({ notice }) =>
    `لم يذكر أحد مآل الأشخاص الذين في خطر. أضف أولا إلى ${notice ? `إشعار الاستغاثة ${notice}` : 'إشعار الاستغاثة'} مساعدة مقدَّمة مع مآلها، أو ألغِ الحادث إن لم يقع.`,
  'nature-of-other-world': ({ nature, world }) =>
    world === 'actual'
      ? `قيمة "nature" هي ${nature}، وهذا هو الواقع الفعلي الذي يقبل actual أو test. احذف "nature"، أو اكتب في التمرين على عنوانه.`
      : `قيمة "nature" هي ${nature}، وهذا هو التمرين ${world} الذي لا يقبل إلا exercise. احذف "nature"، أو اكتب في الواقع الفعلي.`,
  'world-ended': ({ world, at }) =>
    `انتهى التمرين ${world} في ${at} وصار للقراءة فقط. اكتب في الواقع الفعلي على عنوانه، أو في تمرين جديد.`,
  'new-is-open': () => 'الحادث الجديد مفتوح؛ غيّره بعد ذلك',
  'label-by-release': () => 'يتغير التصنيف بقرار نشر، لا بتعديل',
  'said-once': () => 'لا يتغير؛ ألغِ الحادث وأبلغ عن حادث آخر، أو أضف تقريرا فيه نص',
  'hold-not-yours': ({ owner }) =>
    `لا يقرر الحفظ القانوني لهذا الحادث إلا منسّق أو مدير حسابات من البلد المالك: ${nameOf(owner)}.`,
  'hold-reason-missing': () => 'يجب ذكر سبب الحفظ',
};
