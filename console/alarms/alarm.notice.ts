import { effect, signal } from '@preact/signals';
import { value } from '../words/values.ts';
import { type Alarm, ringing } from './alarm.store.ts';
import { said } from './alarm.words.ts';

type Permission = NotificationPermission | 'unavailable';

// without TLS a page may show none
const permissionNow = (): Permission =>
  isSecureContext && 'Notification' in window ? Notification.permission : 'unavailable';

export const noticePermission = signal<Permission>('unavailable');

export async function askForNotices(): Promise<void> {
  await Notification.requestPermission();
  noticePermission.value = permissionNow();
}

/** The system keeps notices longer than the page: they say kind and severity, and no place. */
function raise({ key, newest, severity, isDrill }: Alarm): Notification | undefined {
  const kind = value('incidentKind', newest.kind);
  const body = [value('severity', severity), ...(isDrill ? [value('nature', newest.nature)] : [])];
  try {
    const notice = new Notification(said.news({ text: kind }), {
      body: body.join(' · '),
      tag: key,
      requireInteraction: severity === 'extreme' || severity === 'severe',
      silent: true,
    });
    notice.onclick = () => focus();
    return notice;
  } catch {
    // phones allow them to service workers alone
    noticePermission.value = 'unavailable';
    return undefined;
  }
}

/** A notice for each alarm that nobody has noticed, closed as soon as somebody has. */
export function noticeAlarms(): void {
  noticePermission.value = permissionNow();
  const shown = new Map<string, Notification | undefined>();
  effect(() => {
    if (noticePermission.value !== 'granted') return;
    const keys = new Set(ringing.value.map(({ key }) => key));
    for (const [key, notice] of shown)
      if (!keys.has(key)) {
        notice?.close();
        shown.delete(key);
      }
    for (const alarm of ringing.value) if (!shown.has(alarm.key)) shown.set(alarm.key, raise(alarm));
  });
}
