import type { importing as english } from '../en/import.ts';
import { CELLS, CHARACTERS, COLUMNS, count, KILOBYTES, LEVELS, list, MORE_FAULTS, show } from './words.ts';

export const importing: typeof english = {
  'format-unknown': ({ mediaType }) => `صيغة ${mediaType} غير معروفة. اذكر الصيغة مع ?format=.`,
  'file-empty': () => 'الملف فارغ. يجب أن يسمّي السطر 1 الأعمدة.',
  'header-unreadable': ({ fault }, say) => `السطر 1 لا يسمّي الأعمدة. ${say(fault)}`,
  'header-not-commas': () => 'تفصل بين خلايا هذا الملف فواصل منقوطة أو علامات جدولة. استعمل الفواصل.',
  'header-column-twice': ({ column }) => `يسمّي السطر الأول العمود ${show(column)} مرتين.`,
  'header-column-unknown': ({ column, known }) =>
    `يسمّي السطر الأول العمود غير المعروف ${show(column)}. الأعمدة هي: ${list(known)}.`,
  'header-column-missing': ({ column, known }) =>
    `لا يسمّي السطر الأول العمود ${show(column)}. الأعمدة هي: ${list(known)}.`,
  'header-not-iom': ({ column }) =>
    `ينقص السطر الأول العمود ${show(column)} من ملف CSV الخاص بـ IOM Missing Migrants.`,
  'features-not-array': () => 'العضو "features" ليس مصفوفة.',
  'not-features': () => 'هذا ليس FeatureCollection ولا Feature ولا مصفوفة منها.',
  'crs-not-wgs84': ({ crs }) => `الإحداثيات في ${crs}. أرسل الطول والعرض (CRS84).`,

  'line-invalid': ({ path, fault, more }, say) =>
    `${path && `${path}: `}${say(fault)}${more > 0 ? ` (و${count(more, MORE_FAULTS)})` : ''}`,
  'distress-begins-open': () => 'لا يمكن أن يكون حادث استغاثة جديد مغلقا: استورده مفتوحا ثم اذكر مآله',
  'id-of-other': () => 'المعرّف مأخوذ لحادث آخر',
  'line-of-other-world': ({ named, world }) =>
    `السطر من العالم ${show(named)}، وهذا ${world === 'actual' ? 'الواقع الفعلي' : `التمرين ${world}`}. استورده هناك${world === 'actual' ? '' : '، أو احذف "world"'}`,
  'line-too-long': ({ most }) => `هذا السطر أطول من الحد الأقصى: ${count(most, CHARACTERS)}.`,
  'line-not-utf8': () => 'هذا السطر ليس نصا بترميز UTF-8.',
  'line-not-json': () => 'هذا ليس JSON صالحا.',
  'line-breaks-off': ({ line, column, reason }) =>
    `لم يعد JSON صالحا ابتداء من العمود ${column}${line === undefined ? '' : ` في سطره ${line}`}: ${reason}`,

  'quote-stray': () => 'علامة اقتباس في غير موضعها: ضع الخلية كلها بين علامتي اقتباس، وضاعف كل علامة داخلها.',
  'quote-too-long': ({ kilobytes }) =>
    `تُفتح هنا علامة اقتباس ولا تُغلق ضمن الحد الأقصى: ${count(kilobytes, KILOBYTES)}.`,
  'quote-unclosed': () => 'تُفتح هنا علامة اقتباس ولا تُغلق قبل نهاية الملف.',
  'quote-before-fault': () => 'تُفتح هنا علامة اقتباس، وتتعذر قراءة سطر بعدها.',
  'quote-wrong-width': () => 'تُفتح هنا علامة اقتباس وتُغلق في سطر لاحق يختلف فيه عدد الخلايا عن السطر الأول.',
  'cells-wrong-number': ({ cells, columns }) =>
    `الخلايا هنا: ${count(cells, CELLS)}، والأعمدة في السطر الأول: ${count(columns, COLUMNS)}.`,
  'cells-wrong': ({ notNumbers, empty }) =>
    `${list([...notNumbers.map((name) => `${name} ليس رقما`), ...empty.map((name) => `${name} فارغ`)])}.`,
  'cell-empty': ({ column }) => `${column} فارغ.`,
  'cell-not-number': ({ column }) => `${column} ليس رقما.`,
  'cell-not-people': ({ column }) => `${column} ليس عدد أشخاص.`,
  'iom-date': () => 'لا يحدد Incident date مع incident_date_precision يوما ولا شهرا ولا سنة.',
  'iom-date-ahead': () => 'تاريخ Incident date في المستقبل.',

  'feature-too-large': ({ most }) => `حجم هذا المعلم يتجاوز الحد الأقصى: ${count(most, CHARACTERS)}.`,
  'feature-too-long': ({ most }) => `هذا المعلم أطول من الحد الأقصى: ${count(most, CHARACTERS)}.`,
  'feature-too-deep': ({ levels }) => `تداخل هذا المعلم يتجاوز الحد الأقصى: ${count(levels, LEVELS)}.`,
  'feature-not-utf8': () => 'هذا المعلم ليس نصا بترميز UTF-8.',
  'feature-bad-name': () => 'لا يجوز أن يُسمّى عضو "__proto__".',
  'document-too-deep': ({ levels }) =>
    `تداخل JSON يتجاوز الحد الأقصى: ${count(levels, LEVELS)}. توقفت القراءة هنا.`,
  'text-too-long': ({ most }) => `هنا نص أطول من الحد الأقصى: ${count(most, CHARACTERS)}. توقفت القراءة هنا.`,
  'document-breaks-off': ({ reason }) => `ينقطع JSON هنا: ${reason}.`,
};
