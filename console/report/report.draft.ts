import { computed, effect, signal } from '@preact/signals';
import { v7 as uuidv7 } from 'uuid';
import type { CountryCode } from '../../src/core/caller.ts';
import type { NewIncident } from '../../src/features/incidents/incident.content.ts';
import { link } from '../api/live.ts';
import { ask, Refusal } from '../api/request.ts';
import { me } from '../api/session.ts';
import type { Place } from '../map/place.circle.ts';

type Properties = NewIncident['properties'];

/** A report that is being written. It lives in this page alone: nothing about incidents is stored in the browser. */
export interface Draft {
  /** Its own from the beginning, so that it can be sent again without being reported twice. */
  id: string;
  /** As it was written. */
  placeText: string;
  place?: Place;
  kind?: Properties['kind'];
  severity?: Properties['severity'];
  certainty: Properties['certainty'];
  accuracyMetres: string;
  /** Of the machine, without a zone; empty: now. */
  when: string;
  counts: { best: string; low: string; high: string };
  words: { placeText: string; description: string; accessNote: string };
  tlp: Properties['tlp'];
  releasableTo: CountryCode[];
}

const emptyDraft = (): Draft => ({
  id: uuidv7(),
  placeText: '',
  certainty: 'observed',
  accuracyMetres: '100',
  when: '',
  counts: { best: '', low: '', high: '' },
  words: { placeText: '', description: '', accessNote: '' },
  tlp: 'AMBER+STRICT', // the default of the service
  releasableTo: [],
});

export const draft = signal<Draft>(emptyDraft());
export const change = (part: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...part };
};
export const clearDraft = (): void => {
  draft.value = emptyDraft();
};

/** A report on its way. `refusal`: the service has answered, and not with 2xx. */
export interface Unsent {
  draft: Draft;
  body: object;
  sender: string;
  refusal?: string;
}

const waiting = signal<Unsent[]>([]);
const sender = computed(() => (me.value ? `${me.value.agency} ${me.value.key ?? ''}` : ''));

/** Those of whoever is signed in: a report never goes out under another name. */
export const unsent = computed(() => waiting.value.filter((one) => one.sender === sender.value));

/** Sends the draft. True: the service has it. False: it waits, and is sent again when the link is back. Throws a refusal. */
export async function sendDraft(): Promise<boolean> {
  const sent: Unsent = { draft: draft.value, body: bodyOf(draft.value), sender: sender.value };
  try {
    await put(sent);
    return true;
  } catch (error) {
    if (!isPassing(error)) throw error;
    waiting.value = [...waiting.value, sent];
    return false;
  } finally {
    void scheduleRetry();
  }
}

const put = ({ draft: { id }, body }: Unsent) => ask(`/incidents/${id}`, { method: 'PUT', body });

/** The service was not reached, or cannot answer now: the same request may succeed later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Refusal && (error.status === 0 || error.status === 429 || error.status >= 500);

export const drop = (one: Unsent): void => {
  waiting.value = waiting.value.filter((other) => other.draft.id !== one.draft.id);
};

const arrivals = new Set<() => void>();
/** Hears of each report that was sent later. */
export const onArrival = (listener: () => void): void => void arrivals.add(listener);

const underWay = new Set<string>();

/** Sends what waits. A repeated PUT of the same content is the same incident. */
export async function sendWaiting(): Promise<void> {
  for (const one of unsent.value) {
    if (one.refusal || underWay.has(one.draft.id)) continue;
    underWay.add(one.draft.id);
    try {
      await put(one);
      drop(one);
      for (const listener of arrivals) listener();
    } catch (error) {
      if (isPassing(error)) return;
      const refusal = error instanceof Refusal ? error.message : String(error);
      waiting.value = waiting.value.map((other) =>
        other.draft.id === one.draft.id ? { ...other, refusal } : other,
      );
    } finally {
      underWay.delete(one.draft.id);
    }
  }
}

const RETRY_MS = 5_000;
let timer: ReturnType<typeof setTimeout> | undefined;

function scheduleRetry(): void {
  if (timer || !unsent.value.some(({ refusal }) => !refusal)) return;
  timer = setTimeout(() => {
    timer = undefined;
    void sendWaiting().finally(scheduleRetry);
  }, RETRY_MS);
}

/** Sends what waits as soon as the link is back, and asks before the page is closed with a report in it. */
export function beginSending(): void {
  effect(() => {
    if (link.value.state === 'live' && unsent.value.length > 0) void sendWaiting();
  });
  addEventListener('online', () => void sendWaiting());
  addEventListener('beforeunload', (event) => {
    if (unsent.value.length > 0) event.preventDefault();
  });
}

/** What is still needed, by the names of the fields. */
export const missingOf = ({ kind, severity, place }: Draft): ('kind' | 'severity' | 'place')[] => [
  ...(kind ? [] : ['kind' as const]),
  ...(severity ? [] : ['severity' as const]),
  ...(place ? [] : ['place' as const]),
];

function bodyOf({ place, words, counts, when, ...draft }: Draft): object {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [place!.lon, place!.lat] },
    properties: {
      kind: draft.kind,
      severity: draft.severity,
      certainty: draft.certainty,
      occurredAt: (when ? new Date(when) : new Date()).toISOString(),
      horizontalAccuracyMetres: Number(draft.accuracyMetres),
      ...given(words),
      ...(Object.values(counts).some(Boolean) && { counts: numbersOf(counts) }),
      source: 'console',
      tlp: draft.tlp,
      ...(draft.tlp === 'AMBER' && { releasableTo: draft.releasableTo }),
    },
  };
}

const given = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])),
  );

export const numbersOf = (texts: Record<string, string>): Record<string, number> =>
  Object.fromEntries(Object.entries(given(texts)).map(([name, text]) => [name, Number(text)]));
