import type { procedures as english } from '../en/procedures.ts';
import { namesOf, thisNoun } from './words.ts';

export const procedures: typeof english = {
  'document-address': () => 'يجب أن يكون عنوان https لملف، من دون اسم مستخدم أو كلمة مرور',
  'document-hash': () => 'يجب أن يكون قيمة SHA-256 للملف: 64 رقما ست عشريا بأحرف صغيرة',
  'language-form': () => 'يجب أن يكون رمز لغة BCP 47 مثل ar أو fr أو en',
  'procedure-of-others': ({ noun, countries }) =>
    `البلدان المشاركة في ${thisNoun(noun)} هي التي تقترح إجراءات بشأنه: ${namesOf(countries)}.`,
  'zone-not-shared': ({ id }) =>
    `المنطقة ${id} مسودة أو RED أو مسحوبة، فلا يمكن للمشاركين فيها الاتفاق على إجراء بشأنها. اقترح المنطقة أولا، أو وسّع تصنيفها.`,
};
