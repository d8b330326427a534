import type { cql2 as english } from '../en/cql2.ts';
import type { Said, Taker } from '../message.params.ts';
import { ARGUMENTS, CHARACTERS, count, LEVELS, list, PARTS, POSITIONS, SECONDS_OF, show } from './words.ts';

const KINDS = {
  string: 'نص',
  number: 'رقم',
  boolean: 'شرط',
  timestamp: 'وقت',
  date: 'تاريخ',
  interval: 'فترة',
  geometry: 'شكل هندسي',
  array: 'مصفوفة',
};

const EXPECTED: Readonly<Record<string, string>> = {
  value: 'قيمة أو خاصية أو دالة أو قوس',
  operator: 'معامل حسابي أو منطقي مثل = أو < أو LIKE أو IN أو BETWEEN أو IS NULL أو + أو *',
  number: 'رقم',
  truth: 'TRUE أو FALSE',
  text: 'نص بين علامتي اقتباس مفردتين',
  name: 'اسم',
  blank: 'مسافة',
  end: 'النهاية',
};

const MOMENTS = { date: 'التاريخ', time: 'الوقت' };

function nameOf(said: Said): string {
  switch (said.is) {
    case 'text':
      return `النص ${show(said.value)}`;
    case 'array':
      return show(said.value);
    case 'number':
      return `الرقم ${said.value}`;
    case 'truth':
      return said.value ? 'TRUE' : 'FALSE';
    case 'date':
    case 'time':
      return `${MOMENTS[said.is]} ${said.value}`;
    case 'property':
      return `الخاصية ${show(said.name)} (${said.type})`;
    case 'geometry':
      return `الشكل الهندسي ${said.type}`;
    case 'result':
      return `ناتج ${said.of}`;
    case 'folded':
      return `نص من ${said.of}`;
    default:
      return THINGS[said.is];
  }
}

const THINGS = {
  box: 'مستطيل BBOX',
  condition: 'شرط',
  interval: 'فترة',
  now: 'اللحظة الحالية',
  'open end': 'طرف مفتوح',
};

function takerName(taker: Taker): string {
  if ('operator' in taker) return `المعامل ${taker.operator}`;
  return 'array' in taker ? 'المصفوفة' : `الدالة ${taker.function}`;
}

export const cql2: typeof english = {
  'cql2-invalid': ({ at, fault }, say) =>
    `المرشح ليس CQL2${at === undefined ? '' : ` عند ${at}`}: ${say(fault)}.`,
  'filter-too-large': ({ fault }, say) =>
    `من دون مفتاح، هذا المرشح كبير جدا: ${say(fault)}. اختصره أو أرسل مفتاحا.`,
  'filter-too-costly': () =>
    'من دون مفتاح، يشغل هذا المرشح قاعدة البيانات مدة طويلة. ضيّقه مع bbox أو datetime، أو أرسل مفتاحا.',
  'filter-too-slow': ({ seconds }) =>
    `من دون مفتاح، يجب أن ينتهي المرشح خلال ${count(seconds, SECONDS_OF)}، وقد استغرق هذا أكثر. ضيّقه مع bbox أو datetime، أو أرسل مفتاحا.`,
  'cql2-not-json': ({ reason }) =>
    `المعامل filter ليس JSON صالحا كما يتطلب filter-lang=cql2-json: ${reason}.`,
  'cql2-too-long': ({ characters, most }) =>
    `طول المرشح: ${count(characters, CHARACTERS)}، والحد الأقصى: ${count(most, CHARACTERS)}.`,
  'cql2-parentheses': ({ most }) => `تداخل الأقواس في المرشح يتجاوز الحد الأقصى: ${count(most, LEVELS)}.`,
  'cql2-quotation': ({ character }) =>
    `تتعذر قراءة المرشح: الاقتباس عند الحرف رقم ${character} بلا نهاية أو في غير موضعه.`,
  'cql2-syntax': ({ character, before, expected }) =>
    `تتعذر قراءة المرشح ${
      character === undefined ? 'عند نهايته' : `عند الحرف رقم ${character} قبل ${show(before ?? '')}`
    }: المتوقع ${list(
      expected.map((name) => EXPECTED[name] ?? name),
      'مسافة',
    )}.`,

  'cql2-too-many-characters': ({ characters, most }) =>
    `طوله مكتوبا كنص: ${count(characters, CHARACTERS)}، والحد الأقصى: ${count(most, CHARACTERS)}`,
  'cql2-too-many-parts': ({ most }) => `أجزاؤه أكثر من الحد الأقصى: ${count(most, PARTS)}`,
  'cql2-too-deep': ({ most }) => `تداخله يتجاوز الحد الأقصى: ${count(most, LEVELS)}`,
  'cql2-too-many-positions': ({ most }) =>
    `مواضع أشكاله الهندسية أكثر من الحد الأقصى: ${count(most, POSITIONS)}`,
  'cql2-null': () => 'ليس null قيمة، اسأل مع IS NULL (isNull)',
  'cql2-not-expression': ({ value }) => `${show(value)} ليس تعبيرا`,
  'cql2-form': () =>
    'يجب أن يكون كائنا فيه "op" مع "args"، أو "property" أو "date" أو "timestamp" أو "interval" أو "bbox"، أو شكلا هندسيا بصيغة GeoJSON',
  'cql2-number-too-large': () => 'أحد الأرقام كبير جدا',
  'cql2-text': ({ fault }, say) => `في أحد النصوص: ${say(fault)}`,
  'cql2-member': ({ member, beside }) => `${show(member)} غير معروف بجانب ${show(beside)}`,
  'cql2-call': () => 'يجب أن يكون "op" نصا و"args" قائمة',
  'cql2-op': ({ op }) => `${show(op)} ليس معاملا ولا اسم دالة`,
  'cql2-arguments': ({ op, fewest, isOpen, given }) =>
    `ما يأخذه ${show(op)}: ${count(fewest, ARGUMENTS)}${isOpen ? ' على الأقل' : ''}، والمذكور ${given}`,
  'cql2-in-list': () => 'يجب أن يكون الوسيط الثاني لـ "in" قائمة',
  'cql2-property-form': ({ value }) => `يجب أن يكون "property" نصا، وليس ${show(value)}`,
  'cql2-date': ({ value }) => `${show(value)} ليس تاريخا مثل 2026-01-31`,
  'cql2-timestamp': ({ value }) => `${show(value)} ليس وقتا مثل 2026-01-31T12:00:00Z`,
  'cql2-interval-form': () => 'يجب أن يكون "interval" قائمة من عنصرين',
  'cql2-interval-end': ({ value }) => `${show(value)} ليس تاريخا ولا وقتا ولا ".."`,
  'cql2-interval-end-kind': () => 'يجب أن يكون طرف الفترة تاريخا أو وقتا أو ".." أو خاصية أو دالة',

  'cql2-geometry-member': ({ member }) => `${show(member)} غير معروف في شكل هندسي`,
  'cql2-geometry-type': ({ value }) => `${show(value)} ليس نوع شكل هندسي في GeoJSON`,
  'cql2-collections-deep': ({ most }) =>
    `تداخل GeometryCollection يتجاوز الحد الأقصى: ${count(most, LEVELS)}`,
  'cql2-collection-empty': () => 'يحتاج GeometryCollection إلى أشكال هندسية',
  'cql2-coordinates': ({ value }) => `يجب أن تكون الإحداثيات قوائم مواضع، وليس ${show(value)}`,
  'cql2-position': ({ value }) => `${show(value)} ليس موضعا`,
  'cql2-line-short': ({ positions, fewest }) =>
    `الخط أو الحلقة أقصر من اللازم: ${count(positions, POSITIONS)}، والحد الأدنى: ${count(fewest, POSITIONS)}`,
  'cql2-ring-open': ({ first, last }) => `إحدى الحلقات غير مغلقة: يجب أن يتساوى [${first}] و[${last}]`,
  'cql2-box': () => 'يجب أن يكون للمستطيل أربعة أرقام أو ستة',

  'cql2-position-outside': ({ position, first, second }) =>
    `الموضع [${position}] خارج النظام المرجعي للمرشح: يمتد المحور الأول من ${first.join(' إلى ')}، والثاني من ${second.join(' إلى ')}.`,
  'cql2-area': ({ fault }, say) => `إحدى مساحات المرشح غير صالحة: ${say(fault)}.`,
  'cql2-box-upside-down': ({ south, north }) => `جنوب مستطيل المرشح ${south} يقع شمال شماله ${north}.`,
  'cql2-box-backwards': ({ west, east }) => `غرب مستطيل المرشح ${west} يقع شرق شرقه ${east}.`,
  'cql2-interval-backwards': ({ from, to }) => `تبدأ الفترة في ${from} بعد نهايتها ${to}.`,

  'cql2-property-unknown': ({ name, known }) =>
    `لا توجد خاصية ${show(name)} للترشيح. الخصائص: ${list(known)}.`,
  'cql2-function-unknown': ({ name, known }) => `لا توجد دالة ${show(name)}. الدوال: ${list(known)}.`,
  'cql2-function-arguments': ({ name, takes, given }) =>
    `ما تأخذه الدالة ${name}: ${count(takes.length, ARGUMENTS)}${takes.length === 0 ? '' : ` (${list(takes)})`}، والمذكور ${given}.`,
  'cql2-not-condition': ({ given }) => `المطلوب في المرشح: ${KINDS.boolean}، والمذكور: ${nameOf(given)}.`,
  'cql2-kind': ({ by, kind, given }) =>
    `${takerName(by)}: المطلوب ${KINDS[kind]}، والمذكور: ${nameOf(given)}.`,
  'cql2-not-comparable': ({ left, right, isTime }) =>
    `لا تمكن المقارنة بين ${nameOf(left)} و${nameOf(right)}.${isTime ? TIME_FORM : ''}`,
  'cql2-not-time': ({ given }) => `لا يصح طرفا لـ INTERVAL ما ليس وقتا: ${nameOf(given)}.`,
  'cql2-not-period': ({ name, given }) => `تقبل الدالة ${name} أوقاتا وفترات، والمذكور: ${nameOf(given)}.`,
  'cql2-not-interval': ({ name, given }) =>
    `تقبل الدالة ${name} فترات، والمذكور لحظة: ${nameOf(given)}. اسأل مع T_INTERSECTS.`,
  'cql2-pattern-escape': ({ pattern }) =>
    `ينتهي النمط ${show(pattern)} بشرطة مائلة عكسية لا تحمي شيئا. اكتب شرطتين للدلالة على واحدة.`,
  'cql2-pattern': () => 'يجب أن يكون نمط LIKE نصا، أو CASEI أو ACCENTI لنص.',
};

const TIME_FORM = " يُكتب الوقت TIMESTAMP('2026-01-31T12:00:00Z') أو DATE('2026-01-31').";
