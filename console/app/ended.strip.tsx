import { endedAt } from '../api/session.ts';
import { clockOf } from '../words/time.ts';
import { words } from '../words/words.ts';

const said = words('ended', {
  ended: {
    en: 'Your session ended at {time}. You see only what everybody may see, and no alarm reaches you. Sign in again.',
    fr: 'Votre session a pris fin à {time}. Vous ne voyez que ce que tout le monde peut voir et aucune alerte ne vous parvient. Reconnectez-vous.',
    ar: 'انتهت جلستكم عند {time}. لا ترون إلا ما يُسمح للجميع برؤيته، ولا تصلكم أي تنبيهات. سجّلوا الدخول من جديد.',
  },
});

/** Loud: the officer believes to keep the watch. */
export function EndedStrip() {
  if (endedAt.value === undefined) return null;
  return (
    <p class="ended" role="alert">
      {said.ended({ time: clockOf(endedAt.value) })}
    </p>
  );
}
