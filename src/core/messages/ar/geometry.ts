import type { geometry as english } from '../en/geometry.ts';
import type { Ring } from '../message.params.ts';
import { CHARACTERS, count, DEGREES, POSITIONS, show } from './words.ts';

/** `الحلقة الخارجية`, `الثقب 1 من الجزء 2`. */
const ringName = ({ hole, part }: Ring): string =>
  (hole === 0 ? 'الحلقة الخارجية' : `حلقة الثقب ${hole}`) + (part === undefined ? '' : ` من الجزء ${part}`);

const place = (at: readonly number[]): string => `[${at.join(', ')}]`;

const AXES = { longitude: 'خط الطول', latitude: 'خط العرض' };

export const geometry: typeof english = {
  'degrees-wrong': ({ name, limit, value }) =>
    `${AXES[name]}: يجب أن يكون عدد درجات من -${limit} إلى ${limit}، وليس ${show(value)}`,
  'altitude-wrong': ({ value }) => `يجب أن يكون الارتفاع رقما، وليس ${show(value)}`,
  'position-wrong': ({ value }) =>
    `يُكتب الموضع [longitude, latitude] وقد يليه ارتفاع؛ وهذا الموضع ${show(value)}`,
  'not-a-point': ({ value }) => `يجب أن يكون نوع الشكل الهندسي "Point"، وليس ${show(value)}`,

  'area-type': ({ type, value }) =>
    `يجب أن تكون المساحة Polygon أو MultiPolygon بصيغة GeoJSON، وليس ${type === undefined ? show(value) : `من النوع ${show(type)}`}`,
  'area-positions': ({ most, positions }) =>
    `الحد الأقصى لمواضع المساحة كلها: ${count(most, POSITIONS)}، ولهذه المساحة: ${count(positions, POSITIONS)}`,
  'area-too-wide': ({ most, west, east }) =>
    `الحد الأقصى لامتداد المنطقة في الطول: ${count(most, DEGREES)}، وهذه تمتد من ${west} إلى ${east}`,
  'ring-not-list': ({ value }) => `يجب أن تكون الحلقة قائمة مواضع، وليس ${show(value)}`,
  'rings-not-list': ({ value }) => `يجب أن تكون إحداثيات المضلع قائمة حلقات، وليس ${show(value)}`,
  'polygons-not-list': ({ value }) => `يجب أن تكون إحداثيات MultiPolygon قائمة مضلعات، وليس ${show(value)}`,
  'polygon-empty': () => 'يحتاج المضلع إلى حلقة واحدة على الأقل',
  'multipolygon-empty': () => 'يحتاج MultiPolygon إلى مضلع واحد على الأقل',
  'ring-too-short': ({ fewest, positions }) =>
    `الحد الأدنى لمواضع الحلقة: ${count(fewest, POSITIONS)}، ولهذه الحلقة: ${count(positions, POSITIONS)}`,
  'ring-open': ({ ring, first, last }) =>
    `${ringName(ring)} غير مغلقة: يجب أن يتساوى موضعها الأول ${place(first)} وموضعها الأخير ${place(last)}`,
  'ring-flat': ({ ring }) => `${ringName(ring)} بلا مساحة: كل مواضعها على خط واحد`,
  'ring-crosses-itself': ({ ring, at }) => `${ringName(ring)} تقطع نفسها قرب ${place(at)}`,
  'ring-touches-itself': ({ ring, at }) => `${ringName(ring)} تلامس نفسها قرب ${place(at)}`,
  'ring-runs-back': ({ ring, at }) => `${ringName(ring)} ترجع على نفسها قرب ${place(at)}`,
  'rings-cross': ({ ring, other, at }) => `${ringName(ring)} تقطع ${ringName(other)} قرب ${place(at)}`,
  'rings-share-line': ({ ring, other, at }) =>
    `${ringName(ring)} و${ringName(other)} تشتركان في جزء من الخط قرب ${place(at)}؛ ادمجهما في حلقة واحدة`,
  'ring-outside': ({ ring, other, at }) => `${ringName(ring)} تقع خارج ${ringName(other)}، انظر ${place(at)}`,
  'ring-inside': ({ ring, other, at }) => `${ringName(ring)} تقع داخل ${ringName(other)}، انظر ${place(at)}`,

  'wkt-form': ({ value }) =>
    `${show(value)} ليس POLYGON ((lon lat, …)) ولا MULTIPOLYGON (((lon lat, …)), …) في WGS 84، الطول قبل العرض`,
  'wkt-too-long': ({ most }) => `الحد الأقصى لمساحة بصيغة WKT: ${count(most, CHARACTERS)}`,

  'bbox-not-text': ({ value }) => `يجب أن يكون bbox نصا واحدا من أربعة أرقام، وليس ${show(value)}`,
  'bbox-form': ({ value }) => `يجب أن يكون bbox على شكل west,south,east,north وليس ${show(value)}`,
  'bbox-form-metres': ({ value }) =>
    `يجب أن يكون bbox على شكل west,south,east,north بالأمتار، وليس ${show(value)}`,
  'bbox-edge': ({ edge, fault }, say) => `الحافة ${edge} من bbox: ${say(fault)}`,
  'bbox-height': ({ value }) => `يجب أن يكون الارتفاع رقما، وليس ${show(value)}`,
  'bbox-upside-down': ({ south, north }) => `في bbox الجنوب ${south} أكبر من الشمال ${north}`,
  'bbox-backwards': ({ west, east }) => `في bbox الغرب ${west} أكبر من الشرق ${east}`,
  'bbox-beyond-mercator': ({ west, east }) => `يتجاوز bbox عالم Web Mercator بامتداده من ${west} إلى ${east}`,
  'bbox-beyond-utm': ({ value }) => `يتجاوز bbox كثيرا نطاق UTM 32 بقيمته ${show(value)}`,

  'time-form': ({ value, isDayAllowed }) =>
    `${show(value)} ليس ${isDayAllowed ? 'تاريخا ولا ' : ''}وقتا بصيغة RFC 3339 مع فارق التوقيت، مثل 2026-01-31T12:00:00Z`,
  'datetime-not-text': ({ value }) => `يجب أن يكون datetime نصا واحدا، وليس ${show(value)}`,
  'datetime-form': ({ value }) =>
    `${show(value)} ليس لحظة ولا تاريخا ولا فترة مثل 2026-01-01T00:00:00Z/2026-01-31 أو 2026-01-01/.. أو ../2026-01-31`,
  'datetime-backwards': ({ from, to }) => `تبدأ الفترة في ${show(from)} بعد نهايتها ${show(to)}`,
};
