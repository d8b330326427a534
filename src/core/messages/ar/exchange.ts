import type { exchange as english } from '../en/exchange.ts';
import { count, SECONDS_OF, STREAMS, SUBSCRIPTIONS, WEBHOOKS } from './words.ts';

export const exchange: typeof english = {
  'feed-cursor-foreign': () =>
    'ليس مؤشرا لهذا السجل. اطلب التغييرات من دون `after` لتحصل على مؤشر، ثم اقرأ الطبقات',
  'feed-cursor-expired': () =>
    'المؤشر أقدم من التغييرات المحفوظة. أعد قراءة الطبقات، ثم تابع من المؤشر المذكور هنا.',
  'feed-cursor-lost': () =>
    'استُعيدت قاعدة البيانات أو فقدت أحدث تغييراتها منذ أن أعطت هذا المؤشر. أعد قراءة الطبقات، واحذف ما لا يرد في أي منها، ثم تابع من المؤشر المذكور هنا.',
  'standby-behind': () =>
    'لم يصل هذا الخادم الاحتياطي بعد إلى التغييرات السابقة للمؤشر. أعد المحاولة بعد قليل.',
  'event-id-invalid': () => 'قيمة Last-Event-ID ليست مؤشرا.',
  'too-many-streams': ({ most, seconds }) =>
    `الاتصالات المفتوحة لهذا المفتاح أو العنوان: ${count(most, STREAMS)}، وهذا هو الحد الأقصى. أغلق واحدا منها، أو أعد المحاولة بعد ${count(seconds, SECONDS_OF)}.`,
  'streams-full': () => 'لا تتسع الخدمة لاتصال مفتوح آخر. أعد المحاولة لاحقا، أو اطلب التغييرات بدلا من ذلك.',

  'triggers-missing': () => 'اذكر متى تريد أن تصلك التنبيهات، مثل ["created"]',
  'one-place-only': ({ other }) => `لا يجتمع مع ${other}: أنشئ اشتراكا خاصا لكل منهما`,
  'distance-missing': ({ place }) => `يجب أن يذكر المسافة من ${place}`,
  'distance-without-place': () => 'يتطلب قطاعا أو معبرا',
  'threshold-missing': () => 'يجب أن يذكر عدد الحوادث وعدد الدقائق',
  'trigger-of-segment': ({ trigger }) => `دافع التنبيه ${trigger} يخص قطاعا، أو كل ما تراه`,
  'threshold-without-trigger': () => 'يتطلب دافع التنبيه threshold',
  'too-many-subscriptions': ({ most }) =>
    `اشتراكات جهتك: ${count(most, SUBSCRIPTIONS)}، وهذا هو الحد الأقصى. احذف واحدا منها.`,
  'too-many-filters': ({ most }) =>
    `اشتراكات جهتك التي لها مرشح: ${count(most, SUBSCRIPTIONS)}، وهذا هو الحد الأقصى. احذف واحدا منها.`,

  'webhook-not-https': () => 'يجب أن يكون https',
  'webhook-with-password': () => 'يجب ألا يحتوي على اسم مستخدم ولا على كلمة مرور',
  'webhook-forbidden': () => 'يؤدي إلى عنوان غير مسموح به',
  'alerts-or-up-to': () => 'يتطلب alerts أو upTo، لا كليهما',
  'webhook-port': () => 'يجب أن يكون https على المنفذ 443 أو 8443',
  'too-many-webhooks': ({ most }) => `الحد الأقصى للجهة الواحدة: ${count(most, WEBHOOKS)}. احذف واحدا منها.`,
  'receiver-failed': ({ fault }, say) => `المتلقي ${say(fault)}.`,
  'receiver-answered': ({ status }) => `أجاب بالرمز ${status}`,
  'receiver-not-challenged': () => 'لم يُعد قيمة التحقق',
  'receiver-slow': () => 'لم يجب في الوقت المحدد',
  'receiver-unknown': () => 'له اسم لم يُعثر عليه',
  'receiver-certificate': () => 'له شهادة غير صالحة',
  'receiver-refused': () => 'رفض الاتصال',
  'receiver-broke-off': () => 'قطع الاتصال',
  'delivery-stopped': () => 'لم يتم الوصول إليه قبل توقف الخدمة',
};
