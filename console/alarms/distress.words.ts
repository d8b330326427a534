import { words } from '../words/words.ts';

export const said = words('distress', {
  title: { en: 'People in distress', fr: 'Personnes en détresse', ar: 'أشخاص في خطر' },
  open: {
    en: { one: '{n} call without assistance', other: '{n} calls without assistance' },
    fr: {
      one: '{n} appel sans assistance',
      many: '{n} d’appels sans assistance',
      other: '{n} appels sans assistance',
    },
    ar: {
      zero: 'لا بلاغات تنتظر المساعدة',
      one: 'بلاغ واحد ينتظر المساعدة',
      two: 'بلاغان ينتظران المساعدة',
      few: '{n} بلاغات تنتظر المساعدة',
      many: '{n} بلاغًا ينتظر المساعدة',
      other: '{n} بلاغ ينتظر المساعدة',
    },
  },
  inNeed: {
    en: { one: '{n} person', other: '{n} people' },
    fr: { one: '{n} personne', many: '{n} de personnes', other: '{n} personnes' },
    ar: {
      zero: 'لا أحد',
      one: 'شخص واحد',
      two: 'شخصان',
      few: '{n} أشخاص',
      many: '{n} شخصًا',
      other: '{n} شخص',
    },
  },
  numberUnknown: { en: 'Number unknown', fr: 'Nombre inconnu', ar: 'العدد غير معروف' },
  due: { en: 'Assistance due', fr: 'Assistance attendue', ar: 'المساعدة مطلوبة' },
  overdue: { en: 'Assistance overdue', fr: 'Assistance en retard', ar: 'تأخرت المساعدة' },
  left: {
    en: '{time} left',
    fr: 'reste {time}',
    ar: 'بقي {time}',
  },
  late: { en: '{time} late', fr: 'retard de {time}', ar: 'تأخير {time}' },
  rescue: {
    en: 'Rescue bodies: {bodies}',
    fr: 'Secours compétents : {bodies}',
    ar: 'جهات الإنقاذ: {bodies}',
  },
  body: { en: '{agency}, {country}', fr: '{agency}, {country}', ar: '{agency}، {country}' },
  underWay: {
    en: '{agency} on its way since {time}',
    fr: '{agency} en route depuis {time}',
    ar: '{agency} في الطريق منذ {time}',
  },
  show: { en: 'Show on the map', fr: 'Voir sur la carte', ar: 'عرض على الخريطة' },
  record: { en: 'Record assistance', fr: 'Consigner l’assistance', ar: 'تسجيل المساعدة' },
  recordNote: {
    en: 'One click records it for your agency. An outcome stops the clock.',
    fr: 'Un clic l’enregistre au nom de votre organisme. Une issue arrête le décompte.',
    ar: 'نقرة واحدة تسجّلها باسم جهتكم. تسجيل النتيجة يوقف العدّ.',
  },
  helped: {
    en: 'How many people, if known',
    fr: 'Combien de personnes, si connu',
    ar: 'عدد الأشخاص إن عُرف',
  },
  outcomes: { en: 'Assistance was given', fr: 'Assistance apportée', ar: 'قُدّمت المساعدة' },
});
