import type { ogc as english } from '../en/ogc.ts';
import { count, FEATURES, list, listOr, show } from './words.ts';

const AXES = { row: 'صف', column: 'عمود' };

export const ogc: typeof english = {
  'layer-missing': ({ id, known }) => `لا توجد طبقة ${id}؛ الطبقات: ${list(known)}.`,
  'property-unknown': ({ name, known }) => `${show(name)} ليست خاصية هنا؛ الخصائص: ${list(known)}`,
  'offset-too-deep': ({ most }) =>
    `الحد الأقصى: ${most}. بعد ذلك اتبع الرابط \`next\` في الصفحة، فهو سريع في كل صفحة ولا يفوته شيء`,
  'offset-twice': () => 'يجب أن يساوي offset، فهو اسم آخر له',
  'offset-of-file': () => 'يخص صفحات GeoJSON أو HTML: هذه الصيغة تحتوي على الاختيار كله',
  'property-not-editable': ({ known }) => `غير معروفة؛ الخصائص: ${list(known)}`,
  'crs-unknown': ({ uri, known }) => `${uri} غير معروف؛ المعروف: ${list(known)}`,
  'position-outside-crs': ({ x, y, srid, bounds: [minX, minY, maxX, maxY] }) =>
    `[${show(x)}, ${show(y)}] خارج EPSG:${srid}، الذي يمتد من [${minX}, ${minY}] إلى [${maxX}, ${maxY}]`,
  'not-a-feature': () =>
    'يجب أن يكون "Feature": هذه العملية تضيف معلما. توضع المرشحات في GET مع ?filter-lang=cql2-json&filter=… أو في POST …/search',

  'layer-without-tiles': ({ id, known }) =>
    `ليس لمعالم الطبقة ${id} مكان، فلا توجد لها مربعات خريطة. توجد مربعات للطبقات: ${list(known)}.`,
  'tiles-missing': ({ id, known }) => `لا توجد مربعات خريطة للطبقة ${show(id)}؛ توجد للطبقات: ${list(known)}`,
  'tile-matrix-missing': ({ matrix, most }) => `لا توجد مصفوفة مربعات ${matrix}؛ توجد من 0 إلى ${most}.`,
  'tile-missing': ({ matrix, axis, number, most }) =>
    `ليس في مصفوفة المربعات ${matrix} ${AXES[axis]} ${number}؛ فيها من 0 إلى ${most}.`,
  'too-many-to-count': ({ layer, most, featuresFrom, answers }) =>
    `يتطلب هذا المرشح عدّ معالم الطبقة ${layer} في هذا المربع واحدا واحدا، وهي أكثر من الحد الأقصى: ${count(most, FEATURES)}. ابتداء من التكبير ${featuresFrom} تعمل كل المرشحات، وقبله تعمل هذه بأيام كاملة: ${list(answers)}.`,

  'sort-too-costly': ({ sorted, most }) =>
    `المعالم المطلوب ترتيبها أكثر من الحد الأقصى: ${count(most, FEATURES)}. اطلب مساحة أصغر مع bbox أو مرشح، أو رتّب حسب ${listOr(sorted)}.`,
  'too-many-for-index': ({ most }) =>
    `الحد الأقصى لملف مفهرس: ${count(most, FEATURES)}. اطلب أقل، أو اطلب الكل دفعة واحدة من دون Range.`,
  'files-away': () => 'العملية التي تحفظ الملفات لا تعمل حاليا.',
  'too-many-files': () => 'يُعدّ حاليا عدد كبير من الملفات.',
  'file-outdated': () => 'أُخفي صف من هذا الملف أو حُذف منذ إعداده. اطلبه من جديد: الملف التالي جديد.',
  'file-version-gone': () =>
    'لم يعد هذا الإصدار من الملف موجودا، لأن البيانات تغيرت أو أُخفي صف. نزّل الملف من بدايته، على العنوان الذي لا إصدار فيه.',
  'no-room': () => 'لا يتسع القرص حاليا لملف من هذا الاختيار. اطلب أقل منه، أو اطلب f=csv أو f=geojsonseq.',
};
