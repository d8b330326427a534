import type { pages as english } from '../en/pages.ts';

export const pages: typeof english = {
  skip: 'الانتقال إلى المحتوى',
  whereYouAre: 'أنت هنا',
  signIn: 'تسجيل الدخول',
  exercise: 'تمرين',

  problems: 'المشكلات',
  whatProblemsMean: 'معاني المشكلات',
  allOfThem: 'كل المشكلات',
  status: 'الحالة',
  whatThisMeans: 'ما معنى هذا',
  requestNumber: 'الطلب',
  howToGetIn: 'كيفية الدخول',
  waysIn:
    'تسجّل الدخول بمفتاح أو عن طريق مؤسستك. يعطي مدير الحسابات في بلدك المفاتيح لجهات بلدك؛ ويعمل كل مفتاح باسم جهة واحدة. ترسله البرامج في هذه الترويسة:',

  signedIn: 'تم تسجيل الدخول',
  signedInAs: 'مسجّل الدخول:',
  signOut: 'تسجيل الخروج',
  sessionEnded: 'انتهت جلستك. سجّل الدخول من جديد.',
  youActFor: 'تعمل باسم',
  signedInUntil: 'تبقى مسجّل الدخول على الأكثر حتى',
  goOn: 'متابعة',
  key: 'المفتاح',
  withOrganisation: 'تسجيل الدخول عن طريق مؤسستك',
  orWithKey: 'أو بمفتاح:',
  keyIsNotKept:
    'لا يحفظ المتصفح المفتاح. تبقى مسجّل الدخول إلى أن تسجّل الخروج أو تغلق المتصفح أو تنتهي الجلسة. يعطي مدير الحسابات في بلدك المفاتيح لجهات بلدك؛ ويعمل كل مفتاح باسم جهة واحدة.',
};
