import { words } from '../words/words.ts';

export const said = words('incidents', {
  title: { en: 'Incidents', fr: 'Incidents', ar: 'الحوادث' },
  filters: { en: 'Filters', fr: 'Filtres', ar: 'عوامل التصفية' },
  kind: { en: 'Kind', fr: 'Nature', ar: 'النوع' },
  severity: { en: 'Severity', fr: 'Gravité', ar: 'الخطورة' },
  state: { en: 'State', fr: 'État', ar: 'الحالة' },
  country: { en: 'Country', fr: 'Pays', ar: 'البلد' },
  search: { en: 'Words in the text', fr: 'Mots du texte', ar: 'كلمات في النص' },
  all: { en: 'All', fr: 'Tous', ar: 'الكل' },
  none: {
    en: 'No incident matches.',
    fr: 'Aucun incident ne correspond.',
    ar: 'لا توجد حوادث مطابقة.',
  },
  shown: {
    en: { one: '{n} incident', other: '{n} incidents' },
    fr: { one: '{n} incident', many: '{n} d’incidents', other: '{n} incidents' },
    ar: {
      zero: 'لا حوادث',
      one: 'حادث واحد',
      two: 'حادثان',
      few: '{n} حوادث',
      many: '{n} حادثًا',
      other: '{n} حادث',
    },
  },
  more: {
    en: 'The newest {n} are shown; filter to see others.',
    fr: 'Les {n} plus récents sont affichés ; filtrez pour voir les autres.',
    ar: 'تظهر أحدث {n} فقط؛ استخدم التصفية لرؤية غيرها.',
  },
  km: { en: 'km {km} of {border}', fr: 'PK {km} de {border}', ar: 'كم {km} من {border}' },
});
