import { words } from '../words/words.ts';

export const said = words('alarms', {
  title: { en: 'Alarms', fr: 'Alarmes', ar: 'الإنذارات' },
  waiting: {
    en: { one: '{n} alarm not taken', other: '{n} alarms not taken' },
    fr: {
      one: '{n} alarme à prendre en charge',
      many: '{n} d’alarmes à prendre en charge',
      other: '{n} alarmes à prendre en charge',
    },
    ar: {
      zero: 'لا إنذارات معلّقة',
      one: 'إنذار واحد لم يُتكفّل به',
      two: 'إنذاران لم يُتكفّل بهما',
      few: '{n} إنذارات لم يُتكفّل بها',
      many: '{n} إنذارًا لم يُتكفّل بها',
      other: '{n} إنذار لم يُتكفّل بها',
    },
  },
  more: {
    en: 'More alarms wait; they appear as these are taken.',
    fr: 'D’autres alarmes attendent ; elles apparaissent à mesure que celles-ci sont prises en charge.',
    ar: 'توجد إنذارات أخرى تظهر كلما تُكفّل بهذه.',
  },
  news: { en: 'Alarm: {text}', fr: 'Alarme : {text}', ar: 'إنذار: {text}' },
  silence: { en: 'Silence', fr: 'Faire taire', ar: 'إسكات' },
  show: { en: 'Show on the map', fr: 'Voir sur la carte', ar: 'عرض على الخريطة' },
  take: { en: 'Acknowledge', fr: 'Prendre en charge', ar: 'تكفّل' },
  takeAll: {
    en: { one: 'Acknowledge {n}', other: 'Acknowledge all {n}' },
    fr: {
      one: 'Prendre en charge {n}',
      many: 'Prendre en charge les {n}',
      other: 'Prendre en charge les {n}',
    },
    ar: {
      zero: 'تكفّل',
      one: 'تكفّل بالإنذار',
      two: 'تكفّل بالإنذارين',
      few: 'تكفّل بالإنذارات كلها: {n}',
      many: 'تكفّل بالإنذارات جميعًا: {n}',
      other: 'تكفّل بكل الإنذارات: {n}',
    },
  },
  takeChosen: {
    en: { one: 'Acknowledge {n} selected', other: 'Acknowledge {n} selected' },
    fr: {
      one: 'Prendre en charge {n} sélectionnée',
      many: 'Prendre en charge {n} sélectionnées',
      other: 'Prendre en charge {n} sélectionnées',
    },
    ar: {
      zero: 'تكفّل بالمحدد',
      one: 'تكفّل بالإنذار المحدد',
      two: 'تكفّل بالإنذارين المحددين',
      few: 'تكفّل بالإنذارات المحددة: {n}',
      many: 'تكفّل بالإنذارات المحددة جميعًا: {n}',
      other: 'تكفّل بكل الإنذارات المحددة: {n}',
    },
  },
  choose: { en: 'Select {text}', fr: 'Sélectionner {text}', ar: 'تحديد {text}' },
  taken: {
    en: 'Taken by {agency} {time}',
    fr: 'Prise en charge par {agency} à {time}',
    ar: 'تكفّلت به {agency} عند {time}',
  },
  armed: { en: 'Alarm sound on', fr: 'Son d’alarme actif', ar: 'صوت الإنذار مفعّل' },
  blocked: {
    en: 'Alarm sound blocked',
    fr: 'Son d’alarme bloqué',
    ar: 'صوت الإنذار محجوب',
  },
  muted: {
    en: 'Alarm sound muted by {agency} {time}',
    fr: 'Son d’alarme coupé par {agency} à {time}',
    ar: 'كتمت {agency} صوت الإنذار عند {time}',
  },
  arm: { en: 'Switch sound on', fr: 'Activer le son', ar: 'تفعيل الصوت' },
  mute: { en: 'Mute', fr: 'Couper le son', ar: 'كتم الصوت' },
  allowNotices: {
    en: 'Allow system notices',
    fr: 'Autoriser les notifications du système',
    ar: 'السماح بإشعارات النظام',
  },
});
