import type { access as english } from '../en/access.ts';
import { listOr, nameOf, roleWords } from './words.ts';

const roleNames = (roles: readonly string[]): string =>
  `${roles.length > 1 ? 'أحد الأدوار التالية:' : 'دور'} ${roleWords(roles)}`;

const FOUND = {
  name: 'اسم شخص أو تاريخ ميلاده',
  address: 'عنوان بريدي',
  account: 'حساب شخص أو صفحته',
  bank: 'رقم حساب مصرفي أو بطاقة',
  phone: 'رقم هاتف',
  email: 'عنوان بريد إلكتروني',
  document: 'رقم وثيقة أو شخص',
  plate: 'لوحة مركبة',
  imei: 'رقم جهاز',
};

export const access: typeof english = {
  'key-missing': ({ roles }) =>
    `تتطلب هذه العملية مفتاحا له ${roleNames(roles)}. أرسله في Authorization: Bearer <key> أو X-API-Key.`,
  'role-missing': ({ roles, yours }) =>
    `تتطلب هذه العملية مفتاحا له ${roleNames(roles)}؛ أدوار مفتاحك: ${roleWords(yours)}.`,
  'cross-site': () =>
    'أضاف المتصفح مفتاحه أو جلسته إلى طلب من موقع آخر. أرسل مفتاحا في Authorization: Bearer <key>.',
  'origin-missing': () =>
    'لا تكتب الجلسة إلا من صفحات هذه الخدمة: ليس في الطلب Sec-Fetch-Site ولا Origin. ترسل البرامج مفتاحا.',
  'sign-in-cross-site': () => 'أرسل موقع آخر هذا الطلب. سجّل الدخول والخروج في صفحات هذه الخدمة وعلى عنوانها.',
  'session-ended': () => 'انتهت جلستك. سجّل الدخول من جديد.',
  'session-differs': () =>
    'المفتاح في الترويسة وجلسة المتصفح يعملان باسم جهتين مختلفتين. أرسل أحدهما أو سجّل الخروج.',
  'return-foreign': () => 'يجب أن يكون عنوانا في هذه الخدمة',
  'sign-in-lost': () => 'لم يبدأ هذا المتصفح تسجيل الدخول هنا، أو بدأه قبل أكثر من عشر دقائق. ابدأ من جديد.',
  'sign-in-refused': () => 'لم يسجّل مزوّد OpenID دخولك إلى هذه الخدمة، أو لم يذكر جهة ودورا تعرفهما الخدمة.',
  'key-form': () => 'أرسل المفتاح في Authorization: Bearer <key> أو في X-API-Key أو ككلمة مرور HTTP Basic.',
  'keys-differ': () => 'يحمل الطلب مفتاحين مختلفين. أرسل مفتاحا واحدا.',
  'key-invalid': () => 'هذا المفتاح أو الرمز غير صالح: فهو غير معروف أو انتهت صلاحيته أو ألغي.',
  'tokens-not-checked': () => 'يتعذر التحقق من الرموز حاليا لأن الجهة التي تصدرها لا تجيب.',
  'key-ended': ({ id }) => `انتهت صلاحية المفتاح ${id} أو استُبدل من قبل. أنشئ مفتاحا جديدا.`,
  'agency-of-country-missing': ({ agency, country }) =>
    `لا توجد في البلد (${nameOf(country)}) جهة معرّفها ${agency}`,
  'expiry-past': ({ value }) => `${value} ليس في المستقبل`,

  'purpose-needed': ({ collection }) =>
    `البيانات المطلوبة من ${collection} ليست CLEAR. اذكر الغرض في الترويسة X-Purpose.`,
  'purpose-unprintable': () => 'يحتوي على رموز لا يمكن عرضها',
  'personal-data': ({ kind }) => `يبدو أنه يحتوي على ${FOUND[kind]}؛ يجب ألا يذكر النص الحر شيئا عن شخص`,

  'as-without-key': () => 'يتطلب as مفتاحا له دور منسّق. احذفه أو أرسل مفتاحا.',
  'as-without-role': ({ country }) =>
    `لا يرى ما يراه بلد آخر إلا منسّق من البلد: ${nameOf(country)}. احذف as.`,
  'as-own-country': ({ country, others }) =>
    `${country} هو بلدك. اذكر ${listOr(others)}، أو احذف هذا المعامل لترى ما تراه أنت`,
  'preview-not-yours': ({ owner }) =>
    `لا يسأل عمن سيرى هذا العنصر إلا منسّق من البلد المالك: ${nameOf(owner)}.`,
  'label-wider': ({ owner }) =>
    `لا يوسّع نطاق الاطلاع على هذا العنصر إلا منسّق من البلد المالك: ${nameOf(owner)}.`,
  'label-narrower': ({ owner, agency }) =>
    `لا يضيّق نطاق الاطلاع على هذا العنصر إلا ${agency ?? 'الجهة التي أصدرته'} أو منسّق من البلد المالك: ${nameOf(owner)}.`,
  'owner-fixed': () => 'لا يتغير مالك هذا العنصر.',
  'label-guarded': () => 'لا يحق لك تغيير هذا التصنيف.',
  'label-out-of-reach': () => 'بهذا التصنيف لن ترى ما كتبته. اختر تصنيفا أوسع.',
  'label-amber-only': ({ tlp }) =>
    `لا يصح إلا مع tlp بقيمة AMBER، وليس ${tlp === null ? 'من دون tlp' : `مع ${tlp}`}`,
  'release-twice': () => 'يذكر صفا ورد قبله في القائمة',
  'release-id': () => 'يجب أن يكون UUID للحوادث والتقارير',
  'release-hides-zone': () => 'يخفي RED المنطقة عن المشاركين الآخرين. اسحب المنطقة أو اختر AMBER+STRICT',
};
