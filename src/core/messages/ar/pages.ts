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
    'يطلب المتصفح اسما وكلمة مرور: أي اسم، ومفتاحك ككلمة مرور. يعطي مدير الحسابات في بلدك المفاتيح لجهات بلدك؛ ويعمل كل مفتاح باسم جهة واحدة. ترسله البرامج في هذه الترويسة:',
};
