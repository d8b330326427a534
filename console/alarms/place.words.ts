import { words } from '../words/words.ts';

/** Places in the words of officers. */
export const placed = words('place', {
  km: { en: 'km {km} of {border}', fr: 'PK {km} de {border}', ar: 'كم {km} من {border}' },
  fromCrossing: {
    en: '{km} km from {crossing}',
    fr: 'à {km} km de {crossing}',
    ar: 'على بعد {km} كم من {crossing}',
  },
  atCrossing: { en: 'at {crossing}', fr: 'à {crossing}', ar: 'عند {crossing}' },
});
