import { value } from '../words/values.ts';
import type { Alarm } from './alarm.store.ts';
import { placed } from './place.words.ts';

/** `People in distress, km 412 of DZA-TUN`. */
export function alarmText({ newest: { kind, border, borderKm } }: Alarm): string {
  const place = border && borderKm !== null ? [placed.km({ km: Math.round(borderKm), border })] : [];
  return [value('incidentKind', kind), ...place].join(' · ');
}
