import { words } from '../words/words.ts';

export const said = words('since', {
  title: { en: 'Since I left', fr: 'Depuis mon départ', ar: 'منذ مغادرتي' },
  since: { en: 'Changes since', fr: 'Changements depuis', ar: 'التغييرات منذ' },
  handover: { en: 'The last handover', fr: 'La dernière relève', ar: 'آخر تسليم للمناوبة' },
  lastHours: {
    en: { one: 'The last hour', other: 'The last {n} hours' },
    fr: { one: 'La dernière heure', many: 'Les {n} dernières heures', other: 'Les {n} dernières heures' },
    ar: {
      zero: 'الآن',
      one: 'الساعة الأخيرة',
      two: 'آخر ساعتين',
      few: 'آخر {n} ساعات',
      many: 'آخر {n} ساعةً',
      other: 'آخر {n} ساعة',
    },
  },
  chosen: { en: 'A chosen time', fr: 'Une heure choisie', ar: 'وقت محدد' },
  chosenAt: { en: 'Since when', fr: 'Depuis quand', ar: 'منذ متى' },
  start: { en: 'Since {at}', fr: 'Depuis le {at}', ar: 'منذ {at}' },
  unreadCount: {
    en: { one: '{n} unread', other: '{n} unread' },
    fr: { one: '{n} non lu', many: '{n} de non lus', other: '{n} non lus' },
    ar: {
      zero: 'لا جديد غير مقروء',
      one: 'واحد غير مقروء',
      two: 'اثنان غير مقروءين',
      few: '{n} غير مقروءة',
      many: '{n} غير مقروءٍ',
      other: '{n} غير مقروء',
    },
  },
  unread: { en: 'unread', fr: 'non lu', ar: 'غير مقروء' },
  read: { en: 'Mark all as read', fr: 'Tout marquer comme lu', ar: 'تعليم الكل كمقروء' },
  distress: { en: 'People in distress', fr: 'Personnes en détresse', ar: 'أشخاص في خطر' },
  mine: { en: 'For you to answer', fr: 'À vous de répondre', ar: 'تنتظر ردك' },
  told: { en: 'Alerts to your agency', fr: 'Alertes à votre organisme', ar: 'إنذارات إلى جهتك' },
  rest: { en: 'Other incidents', fr: 'Autres incidents', ar: 'حوادث أخرى' },
  nothing: { en: 'Nothing has changed.', fr: 'Rien n’a changé.', ar: 'لم يتغير شيء.' },
  newest: {
    en: 'The newest {n} are shown.',
    fr: 'Les {n} plus récents sont affichés.',
    ar: 'يظهر الأحدث فقط، وعدده {n}.',
  },
  unassisted: { en: 'without assistance', fr: 'sans assistance', ar: 'دون مساعدة' },
  assisted: { en: 'assistance recorded', fr: 'assistance enregistrée', ar: 'سُجّلت المساعدة' },
  km: { en: 'km {km} of {border}', fr: 'PK {km} de {border}', ar: 'كم {km} من {border}' },
});
