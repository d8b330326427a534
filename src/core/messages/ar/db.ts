import type { db as english } from '../en/db.ts';
import { count, FILES, MIGRATIONS, OBJECTS } from './words.ts';

export const db: typeof english = {
  'world-differs': ({ expected, found }) =>
    `قاعدة بيانات التمرين ${expected} تخص العالم ${found}. على مشغّل الخدمة تصحيح WORLDS.`,
  'database-slow': () => 'تجاوز الاستعلام المهلة المسموح بها. اطلب أقل في المرة الواحدة.',
  'database-busy': () =>
    'عدد كبير من الطلبات من هذا النوع ينتظر قاعدة البيانات. أعد المحاولة بعد ثوانٍ، وبعدد أقل في الوقت نفسه.',
  'world-unfit': () =>
    'قاعدة بيانات التمرين لا تناسب هذا الإصدار من الخدمة. على المشغّل ترحيلها ثم إعادة تشغيل الخدمة.',
  'database-away': () => 'يتعذر الوصول إلى قاعدة البيانات حاليا. أعد المحاولة بعد قليل.',
  'database-read-only': () => 'لا تقبل قاعدة البيانات الكتابة حاليا. أعد المحاولة بعد قليل.',
  'database-full': () =>
    'قرص قاعدة البيانات ممتلئ. إلى أن تتوفر مساحة لا يمكن كتابة شيء ولا قراءة بيانات مصنفة، لأن كل قراءة منها تُسجل.',
  'database-not-migrated': () => 'لم تُرحَّل قاعدة البيانات. شغّل: npm run migrate',
  'database-behind': ({ missing }) =>
    `ما ينقص قاعدة البيانات: ${count(missing, MIGRATIONS)}. شغّل: npm run migrate`,
  'schema-stale': ({ files, first }) =>
    `ملفات المجلد schema/ التي تختلف عما بُنيت به قاعدة البيانات: ${count(files, FILES)}، منها ${first}. شغّل: npm run migrate`,
  'schema-unnumbered': () =>
    'لا تذكر قاعدة البيانات أي برنامج بناها، أو بناها برنامج أقدم. شغّل: npm run migrate',
  'objects-lost': ({ objects, first }) =>
    `ما ينقص قاعدة البيانات من schema/schema.sql: ${count(objects, OBJECTS)}، منها ${first}. شغّل: npm run migrate. وإذا لم تعد، فاستعد نسخة احتياطية.`,
  'change-collided': () => 'حدث تغيير آخر في هذه الأثناء. أعد المحاولة.',
  'already-exists': () => 'يوجد عنصر بهذا المعرّف أو بهذه الهوية.',
  'reference-missing': ({ rule }) => `تشير البيانات المرسلة إلى عنصر غير موجود (${rule}).`,
  'rule-broken': ({ rule }) => `تخالف البيانات المرسلة قاعدة: ${rule.replaceAll('_', ' ')}.`,
  'value-unreadable': () => 'تتعذر قراءة إحدى القيم. تحقق من الأرقام والأوقات والمؤشرات.',
  'number-overflow': () => 'أحد الأرقام كبير جدا، أو ليس لعملية حسابية نتيجة. تحقق من الأرقام.',
  'area-invalid': () => 'المساحة غير صالحة: حلقاتها تتقاطع أو تتلامس حيث لا يجوز.',
  'area-half-globe': () => 'يمتد أحد أضلاع المساحة عبر نصف الكرة الأرضية، فاتجاهه غير محدد. قسّم هذا الضلع.',
};
