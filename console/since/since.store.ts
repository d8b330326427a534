import { computed, effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { AlertCollection } from '../../src/exchange/alerts/alert.schema.ts';
import type { DistressNoticeCollection } from '../../src/features/distress/distress.schema.ts';
import type { IncidentCollection } from '../../src/features/incidents/incident.answer.ts';
import type { ShiftList } from '../../src/features/shifts/shift.schema.ts';
import { onChange, onReset } from '../api/live.ts';
import { read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { refusalText } from '../app/write.ts';
import { isRead as isTrayRead, items, type TrayItem } from '../tray/tray.store.ts';

export type Notice = z.output<typeof DistressNoticeCollection>['features'][number];
export type Alert = z.output<typeof AlertCollection>['features'][number];
export type Incident = z.output<typeof IncidentCollection>['features'][number];

/** `handover`, hours back, or `chosen`. */
export const choice = signal('handover');
export const chosenAt = signal('');

/** When the last shift of the agency was handed over; null: never. */
export const handedOverAt = signal<string | null | undefined>(undefined);

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 8;
export const MOST = 40;

interface Answers {
  distress: Notice[];
  told: Alert[];
  rest: Incident[];
}
const NOTHING: Answers = { distress: [], told: [], rest: [] };
export const answers = signal<Answers>(NOTHING);
export const sinceFailure = signal('');
export const isRead = signal(false);

/** From when on; fixed at the choice, so that the list does not lose its oldest rows while it is read. */
export const start = computed<string | undefined>(() => {
  if (choice.value === 'chosen') return chosenAt.value ? new Date(chosenAt.value).toISOString() : undefined;
  if (choice.value !== 'handover') return hoursAgo(Number(choice.value));
  return handedOverAt.value ?? undefined;
});
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** What waits for the officer and came since then. */
export const mine = computed<TrayItem[]>(() =>
  items.value.filter(
    ({ group, since }) =>
      start.value !== undefined &&
      ['consents', 'decisions', 'owed', 'reactions'].includes(group) &&
      Date.parse(since) >= Date.parse(start.value),
  ),
);

// kept in this page alone; a row that changes again is unread again
const readKeys = signal<ReadonlySet<string>>(new Set());
export const isUnread = (key: string): boolean => !readKeys.value.has(key);
export const markRead = (keys: readonly string[]): void => {
  readKeys.value = new Set([...readKeys.value, ...keys]);
};

export const keyOf = {
  distress: ({ id, properties }: Notice) => `distress/${id}/${properties.assistance.length}`,
  mine: ({ key, since }: TrayItem) => `${key}/${since}`,
  told: ({ id }: Pick<Alert, 'id'>) => `alert/${id}`,
  rest: ({ id, properties }: Incident) => `incident/${id}/${properties.revision}`,
};

export const allKeys = computed(() => [...urgentKeys.value, ...answers.value.rest.map(keyOf.rest)]);
const urgentKeys = computed(() => [
  ...answers.value.distress.map(keyOf.distress),
  ...mine.value.map(keyOf.mine),
  ...answers.value.told.map(keyOf.told),
]);
/** What concerns the officer; the rest is not counted on the tab. */
export const urgentUnread = computed(() => urgentKeys.value.filter(isUnread).length);
export const isReady = computed(() => isRead.value && isTrayRead.value);

let turn = 0;

async function refresh(): Promise<void> {
  const asking = me.value;
  const from = start.value;
  const mineTurn = ++turn;
  if (!asking || !from) return;
  const datetime = `${from}/..`;
  try {
    const [distress, told, rest] = await Promise.all([
      read<{ features: Notice[] }>('/distress', { datetime, limit: MOST }),
      read<{ features: Alert[] }>('/alerts', { datetime, limit: MOST }),
      read<{ features: Incident[] }>('/incidents', { updatedSince: from, limit: MOST }),
    ]);
    if (mineTurn !== turn || me.value !== asking) return;
    answers.value = {
      distress: distress.features,
      told: told.features,
      rest: withoutToldOnes(rest.features, distress.features, told.features),
    };
    isRead.value = true;
    sinceFailure.value = '';
  } catch (error) {
    if (mineTurn === turn) sinceFailure.value = refusalText(error);
  }
}

// one thing stands in one group
function withoutToldOnes(rest: Incident[], notices: Notice[], alerts: Alert[]): Incident[] {
  const told = new Set([...notices, ...alerts].map(({ properties }) => properties.incident));
  return rest.filter(({ id }) => !told.has(id));
}

async function findHandover(): Promise<void> {
  const asking = me.value;
  if (!asking) return;
  try {
    const { shifts } = await read<z.output<typeof ShiftList>>('/shifts', {
      state: 'closed',
      agency: asking.agency,
      limit: 20,
    });
    const closings = shifts.map(({ closedAt }) => closedAt!).sort();
    if (me.value !== asking) return;
    handedOverAt.value = closings.at(-1) ?? null;
    if (closings.length === 0 && choice.value === 'handover') choice.value = String(USUAL_HOURS);
  } catch (error) {
    sinceFailure.value = refusalText(error);
  }
}

const refreshSoon = together(refresh, 500);

onReset(() => {
  void findHandover();
  refreshSoon();
});
onChange(({ collection }) => {
  if (['incidents', 'alerts', 'assistance'].includes(collection)) refreshSoon();
  if (collection === 'shifts') void findHandover();
});
effect(() => {
  void start.value;
  refreshSoon();
});
// nothing of an officer stays for the next one
let reader: string | undefined;
effect(() => {
  const { agency, key } = me.value ?? {};
  if (reader === `${agency}/${key}`) return;
  reader = `${agency}/${key}`;
  answers.value = NOTHING;
  isRead.value = false;
  handedOverAt.value = undefined;
  readKeys.value = new Set();
});
