import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { AcknowledgedAlerts, Alert, AlertCollection } from '../../src/exchange/alerts/alert.schema.ts';
import { type Change, onChange, onReset } from '../api/live.ts';
import { ask, read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { refusalText } from '../app/write.ts';
import { now } from '../words/time.ts';

type AlertFeature = z.output<typeof Alert>;
type Severity = 'minor' | 'moderate' | 'severe' | 'extreme';

/** What an officer has to take: all alerts of one incident are one alarm. */
export interface Alarm {
  key: string;
  /** Newest first. */
  alerts: AlertFeature[];
  newest: AlertFeature['properties'];
  severity: Severity;
  /** Of an exercise or of a test. */
  isDrill: boolean;
  /** When the agency took it; undefined: it waits. */
  takenAt: string | undefined;
  isRinging: boolean;
  lon: number;
  lat: number;
}

const MOST = 200;
const SHOWN_TAKEN_MS = 60_000;
const RANK: Record<Severity, number> = { extreme: 3, severe: 2, moderate: 1, minor: 0 };

const alerts = signal<ReadonlyMap<string, AlertFeature>>(new Map());
/** When this tab learnt that an alert was taken. */
const takenHere = new Map<string, number>();
/** Alerts that somebody at this browser has noticed. */
const touched = signal<ReadonlySet<string>>(new Set());
export const hasMoreAlarms = signal(false);
export const alarmFailure = signal('');

/** Worst first, then newest first. No filter of the screen applies. */
export const alarms = computed<Alarm[]>(() => {
  const groups = new Map<string, AlertFeature[]>();
  for (const alert of alerts.value.values()) {
    const key = keyOf(alert);
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups].map(([key, group]) => alarmOf(key, group)).sort(byUrgency);
});
export const waiting = computed(() => alarms.value.filter(({ takenAt }) => takenAt === undefined));
export const ringing = computed(() => alarms.value.filter(({ isRinging }) => isRinging));

const keyOf = ({ id, properties: { incident, notice, assessment } }: AlertFeature): string =>
  incident ?? notice ?? assessment ?? id;

function alarmOf(key: string, group: AlertFeature[]): Alarm {
  const sorted = group.toSorted((a, b) => b.properties.at.localeCompare(a.properties.at));
  const open = sorted.filter(({ properties }) => properties.acknowledgedAt === null);
  const severities = sorted.map(severityOf).sort((a, b) => RANK[b] - RANK[a]);
  const [{ properties: newest, geometry }] = sorted as [AlertFeature];
  const [lon, lat] = geometry.coordinates as [number, number];
  return {
    key,
    alerts: sorted,
    newest,
    severity: severities[0]!,
    isDrill: newest.nature !== 'actual',
    takenAt: open.length === 0 ? newest.acknowledgedAt! : undefined,
    isRinging: open.some(({ id }) => !touched.value.has(id)),
    lon,
    lat,
  };
}

/** Lives at risk are never less than extreme. */
const severityOf = ({ properties: { trigger, severity } }: AlertFeature): Severity =>
  trigger === 'distress' ? 'extreme' : (severity ?? 'moderate');

const byUrgency = (a: Alarm, b: Alarm): number =>
  Number(a.takenAt !== undefined) - Number(b.takenAt !== undefined) ||
  RANK[b.severity] - RANK[a.severity] ||
  b.newest.at.localeCompare(a.newest.at);

let reading: AbortController | undefined;

async function refresh(): Promise<void> {
  reading?.abort();
  if (!me.peek()) return;
  reading = new AbortController();
  const { signal: aborted } = reading;
  try {
    const query = { acknowledged: 'false', limit: MOST };
    const page = await read<z.output<typeof AlertCollection>>('/alerts', query, aborted);
    const taken = [...alerts.peek().values()].filter(({ id }) => takenHere.has(id));
    alerts.value = new Map([...taken, ...page.features].map((one) => [one.id, one]));
    hasMoreAlarms.value = page.links.some(({ rel }) => rel === 'next');
    alarmFailure.value = '';
  } catch (error) {
    if (!aborted.aborted) alarmFailure.value = refusalText(error);
  }
}

/** The stream carries the alert itself. */
function hear({ collection, id, op, feature }: Change): void {
  if (collection !== 'alerts') return;
  if (op === 'upsert' && !feature) return void refresh();
  const next = new Map(alerts.peek());
  const isTaken = Boolean(feature?.properties.acknowledgedAt);
  if (op === 'remove' || (isTaken && !next.has(id))) next.delete(id);
  else next.set(id, { ...feature, id } as unknown as AlertFeature);
  if (isTaken && !takenHere.has(id)) takenHere.set(id, Date.now());
  if (!isTaken) takenHere.delete(id);
  alerts.value = next;
}

/** Somebody has noticed: it rings no more, in no tab of this browser. It still waits. */
export function touch(noticed: readonly Alarm[]): void {
  const ids = noticed.flatMap((alarm) => alarm.alerts.map(({ id }) => id));
  markTouched(ids);
  tabs?.postMessage(ids);
}

function markTouched(ids: readonly string[]): void {
  touched.value = new Set([...touched.peek(), ...ids]);
}

/** For the whole agency of the reader. Throws a Refusal; nothing is shown as taken before the service has said so. */
export async function take(chosen: readonly Alarm[]): Promise<void> {
  touch(chosen);
  const open = chosen.flatMap((alarm) =>
    alarm.alerts.filter(({ properties }) => properties.acknowledgedAt === null),
  );
  const body = { alerts: open.map(({ id }) => id) };
  const answer = await ask<z.output<typeof AcknowledgedAlerts>>('/alerts/acknowledgements', {
    method: 'POST',
    body,
  });
  const next = new Map(alerts.peek());
  for (const { alert, acknowledgedAt } of answer.body.results) {
    const known = next.get(alert);
    if (!known || !acknowledgedAt) continue;
    takenHere.set(alert, takenHere.get(alert) ?? Date.now());
    next.set(alert, { ...known, properties: { ...known.properties, acknowledgedAt } });
  }
  alerts.value = next;
  if (hasMoreAlarms.peek()) await refresh();
}

let tabs: BroadcastChannel | undefined;

/** Keeps the alarms as the service has them: after signing in, after each loss of the link, and with each alert. */
export function followAlarms(): void {
  onReset(() => void refresh());
  onChange(hear);
  effect(() => {
    const agency = me.value?.agency;
    tabs?.close();
    tabs = agency ? new BroadcastChannel(`tripoint ${location.pathname} alarms ${agency}`) : undefined;
    if (tabs) tabs.onmessage = ({ data }: MessageEvent<string[]>) => markTouched(data);
    // nothing of one officer stays for the next
    alerts.value = new Map();
    touched.value = new Set();
    takenHere.clear();
  });
  effect(() => {
    const over = [...takenHere].filter(([, at]) => now.value - at > SHOWN_TAKEN_MS).map(([id]) => id);
    if (over.length === 0) return;
    for (const id of over) takenHere.delete(id);
    alerts.value = new Map([...alerts.peek()].filter(([id]) => !over.includes(id)));
  });
}
