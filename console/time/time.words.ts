import { words } from '../words/words.ts';

export const said = words('time', {
  title: { en: 'Time', fr: 'Période', ar: 'الفترة الزمنية' },
  all: { en: 'All', fr: 'Tout', ar: 'الكل' },
  PT1H: { en: '1 hour', fr: '1 heure', ar: 'ساعة' },
  PT6H: { en: '6 hours', fr: '6 heures', ar: '6 ساعات' },
  PT24H: { en: '24 hours', fr: '24 heures', ar: '24 ساعة' },
  P7D: { en: '7 days', fr: '7 jours', ar: '7 أيام' },
  from: { en: 'From', fr: 'Du', ar: 'من' },
  until: { en: 'Until', fr: 'Au', ar: 'إلى' },
  replay: { en: 'Replay', fr: 'Rejouer', ar: 'إعادة العرض' },
  play: { en: 'Play', fr: 'Lire', ar: 'تشغيل' },
  pause: { en: 'Pause', fr: 'Suspendre', ar: 'إيقاف مؤقت' },
  leave: { en: 'End the replay', fr: 'Quitter la relecture', ar: 'إنهاء إعادة العرض' },
  moment: { en: 'Moment of the replay', fr: 'Instant de la relecture', ar: 'لحظة إعادة العرض' },
  counted: {
    en: { one: '{n} incident began in this time', other: '{n} incidents began in this time' },
    fr: {
      one: '{n} incident a commencé dans cette période',
      many: '{n} d’incidents ont commencé dans cette période',
      other: '{n} incidents ont commencé dans cette période',
    },
    ar: {
      zero: 'لم يبدأ أي حادث في هذه الفترة',
      one: 'بدأ حادث واحد في هذه الفترة',
      two: 'بدأ حادثان في هذه الفترة',
      few: 'بدأت {n} حوادث في هذه الفترة',
      many: 'بدأ {n} حادثًا في هذه الفترة',
      other: 'بدأ {n} حادث في هذه الفترة',
    },
  },
  most: {
    en: 'most, {most}, between {from} and {to}',
    fr: 'maximum : {most}, entre {from} et {to}',
    ar: 'والحد الأقصى {most} بين {from} و{to}',
  },
});
