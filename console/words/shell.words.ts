import { words } from './words.ts';

export const shell = words('shell', {
  skip: { en: 'Skip to the content', fr: 'Aller au contenu', ar: 'انتقل إلى المحتوى' },
  parts: { en: 'Parts of the console', fr: 'Rubriques de la console', ar: 'أقسام لوحة المراقبة' },
  menu: { en: 'Menu', fr: 'Menu', ar: 'القائمة' },
  language: { en: 'Language', fr: 'Langue', ar: 'اللغة' },
  close: { en: 'Close', fr: 'Fermer', ar: 'إغلاق' },
  cancel: { en: 'Cancel', fr: 'Annuler', ar: 'إلغاء' },
  local: { en: 'Local time', fr: 'Heure locale', ar: 'التوقيت المحلي' },
  utc: { en: 'UTC', fr: 'UTC', ar: 'التوقيت العالمي' },
  connecting: { en: 'Connecting', fr: 'Connexion', ar: 'جارٍ الاتصال' },
  live: { en: 'Live, {ago}', fr: 'En direct, {ago}', ar: 'اتصال مباشر، {ago}' },
  lost: { en: 'Link lost.', fr: 'Liaison perdue.', ar: 'انقطع الاتصال.' },
  lostSince: {
    en: 'Last heard {ago}; the screen may be out of date.',
    fr: 'Dernier signal {ago} ; l’écran n’est peut-être plus à jour.',
    ar: 'آخر إشارة {ago}؛ قد لا تكون الشاشة محدّثة.',
  },
  signIn: { en: 'Sign in', fr: 'Se connecter', ar: 'تسجيل الدخول' },
  signOut: { en: 'Sign out', fr: 'Se déconnecter', ar: 'تسجيل الخروج' },
  key: { en: 'Key', fr: 'Clé', ar: 'المفتاح' },
  keyNote: {
    en: 'The key is sent once and is not kept in this browser.',
    fr: 'La clé est envoyée une seule fois et n’est pas gardée dans ce navigateur.',
    ar: 'يُرسَل المفتاح مرة واحدة ولا يُحفظ في هذا المتصفح.',
  },
  withOrganisation: {
    en: 'Sign in with your organisation',
    fr: 'Se connecter avec votre organisation',
    ar: 'تسجيل الدخول عن طريق مؤسستك',
  },
  endsSoon: {
    en: {
      one: 'Your session ends in {n} minute. Sign in again, so that alarms go on.',
      other: 'Your session ends in {n} minutes. Sign in again, so that alarms go on.',
    },
    fr: {
      one: 'Votre session prend fin dans {n} minute. Reconnectez-vous pour continuer à recevoir les alertes.',
      other:
        'Votre session prend fin dans {n} minutes. Reconnectez-vous pour continuer à recevoir les alertes.',
    },
    ar: {
      zero: 'تنتهي جلستك الآن. سجّل الدخول من جديد لتستمر التنبيهات.',
      one: 'تنتهي جلستك خلال دقيقة واحدة. سجّل الدخول من جديد لتستمر التنبيهات.',
      two: 'تنتهي جلستك خلال دقيقتين. سجّل الدخول من جديد لتستمر التنبيهات.',
      few: 'تنتهي جلستك خلال {n} دقائق. سجّل الدخول من جديد لتستمر التنبيهات.',
      many: 'تنتهي جلستك خلال {n} دقيقة. سجّل الدخول من جديد لتستمر التنبيهات.',
      other: 'تنتهي جلستك خلال {n} دقيقة. سجّل الدخول من جديد لتستمر التنبيهات.',
    },
  },
  stranger: {
    en: 'Not signed in: you see what everybody may see.',
    fr: 'Non connecté : vous voyez ce que tout le monde peut voir.',
    ar: 'لم تسجّل الدخول: ترى ما يُسمح للجميع برؤيته.',
  },
  unreachable: {
    en: 'The service cannot be reached. Nothing was saved; try again.',
    fr: 'Le service est injoignable. Rien n’a été enregistré ; réessayez.',
    ar: 'تعذّر الوصول إلى الخدمة. لم يُحفظ شيء؛ أعد المحاولة.',
  },
  loading: { en: 'Loading', fr: 'Chargement', ar: 'جارٍ التحميل' },
});
