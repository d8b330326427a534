import type { http as english } from '../en/http.ts';
import { BYTES, count, list, nouns, SECONDS_OF } from './words.ts';

export const http: typeof english = {
  'not-found': ({ noun, id }) => `لم يُعثر على ${nouns[noun]} بالمعرّف ${id}.`,
  'path-unknown': ({ method, path }) => `لا يوجد شيء عند ${method} ${path}.`,
  'method-not-allowed': ({ method, path, allowed }) =>
    `لا يمكن استعمال ${method} مع ${path}؛ الممكن: ${list(allowed)}.`,
  'not-http': () => 'هذا ليس طلب HTTP/1.1.',
  'head-too-large': ({ bytes }) =>
    `الحد الأقصى للعنوان والترويسات معا: ${count(bytes, BYTES)}. اختصر العنوان.`,
  'head-too-slow': () => 'لم يصل الطلب خلال المهلة المسموح بها.',
  'path-encoding': ({ reason }) => `ترميز المسار بعلامة النسبة غير صالح. ${reason}.`,
  'host-invalid': ({ address }) => `${address} ليس عنوانا صالحا. تحقق من الترويسة Host.`,
  'request-refused': ({ reason }) => `رُفض الطلب: ${reason}`,

  'body-missing': () => 'ليس للطلب متن، وهذه العملية تتطلب متنا.',
  'body-too-large': ({ bytes }) => `المتن أطول من الحد الأقصى لهذه العملية: ${count(bytes, BYTES)}.`,
  'body-too-slow': ({ seconds }) => `لم يصل المتن خلال ${count(seconds, SECONDS_OF)}.`,
  'body-broken': ({ reason }) => `المتن المضغوط تالف: ${reason}.`,
  'body-encoding': ({ reason }) =>
    `الترميز غير مقبول: ${reason}. أرسل UTF-8 من دون ضغط، أو بضغط gzip أو deflate أو br.`,
  'body-not-json': ({ reason }) => `المتن ليس JSON صالحا: ${reason}.`,
  'body-breaks-off': ({ line, column, reason }) =>
    `المتن ليس JSON صالحا عند السطر ${line} والعمود ${column}: ${reason}.`,
  'content-type-missing': ({ accepted }) =>
    `الترويسة Content-Type ناقصة؛ تقبل هذه العملية: ${list(accepted)}.`,
  'content-type-wrong': ({ given, accepted }) =>
    `الترويسة Content-Type هي ${given}؛ تقبل هذه العملية: ${list(accepted)}.`,

  'version-stale': ({ ifMatch, version }) =>
    `قيمة If-Match هي ${ifMatch}، لكن أحدث إصدار هو "${version}". أعد القراءة (للمناطق مع ?revision=latest) وكرر تغييرك وأرسل قيمة ETag الجديدة.`,
  'version-of-nothing': ({ ifMatch }) =>
    `قيمة If-Match هي ${ifMatch}، لكن لا يوجد شيء هنا بعد. احذف If-Match لإنشاء العنصر.`,
  'already-there': () =>
    'قيمة If-None-Match هي * لكن يوجد عنصر هنا من قبل. احذف هذه الترويسة لتغيير ما هو موجود.',
  'range-too-far': ({ range, bytes }) => `طول الملف: ${count(bytes, BYTES)}، ويقع ${range} بعد نهايته.`,
  'no-ranges-here': () =>
    'تُنشأ هذه الإجابة من جديد لكل طلب، فلا يمكن استئنافها. نزّلها من بدايتها. يمكن استئناف الطبقات الكاملة بصيغة f=fgb أو f=gpkg أو f=parquet.',
  'file-version-unknown': () =>
    'لا يُعرف هنا أي إصدار من الملف لديك. استأنف من العنوان الذي أُحيل إليه التنزيل، أو أرسل قيمة ETag في If-Range، أو نزّله من بدايته.',
  'cursor-foreign': () =>
    'المؤشر يخص قائمة أخرى أو شكله غير صحيح. اتبع الرابط `next` في الصفحة، أو احذف المؤشر.',

  'requests-too-many': ({ seconds }) =>
    `أرسلت في الدقيقة الأخيرة طلبات أكثر مما يسمح به الحد. أعد المحاولة بعد ${count(seconds, SECONDS_OF)}.`,
  'answer-too-slow': ({ seconds }) =>
    `استغرقت الإجابة أكثر من ${count(seconds, SECONDS_OF)}. اطلب أقل، أو أعد المحاولة لاحقا.`,
  'service-failed': () => 'حدث خلل في الخدمة. إذا تكرر ذلك فأبلغ عن قيمة requestId.',
  restored: () => 'مستعاد',
  'not-ready': () => 'الخدمة غير جاهزة.',
  'not-ready-because': ({ reasons }) => `الخدمة غير جاهزة: ${list(reasons)}.`,
};
