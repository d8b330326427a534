import { effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { BorderPoint } from '../../src/features/borders/border.schema.ts';
import type { Location } from '../../src/features/locate/locate.schema.ts';
import { read } from '../api/request.ts';
import { refusalText } from '../app/write.ts';
import type { Place } from '../map/place.circle.ts';
import { readPlace } from './place.text.ts';
import { change, draft } from './report.draft.ts';
import { said } from './report.words.ts';

export type FoundLocation = z.output<typeof Location>;

/** What the service knows about the place of the draft; undefined: not asked yet, or not reached. */
export const located = signal<FoundLocation | undefined>(undefined);
/** Why the written place is none. */
export const placeFailure = signal('');

const DECIMALS = 5;
const MAP_METRES = '250'; // of a click on a map of a whole border

export const textOf = ({ lat, lon }: Place): string => `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`;

/** A click on the map. */
export function takePlace(place: Place): void {
  placeFailure.value = '';
  change({ place, placeText: textOf(place), accuracyMetres: draft.value.accuracyMetres || MAP_METRES });
}

export function swapPlace(): void {
  const { place } = draft.value;
  if (place && Math.abs(place.lon) <= 90) takePlace({ lon: place.lat, lat: place.lon });
}

let asked = 0;

/** A written place: read here, except a chainage, whose point the service knows. */
export async function writePlace(placeText: string): Promise<void> {
  const turn = ++asked;
  const written = readPlace(placeText);
  placeFailure.value = '';
  change({ placeText, place: undefined } as never);
  if (!written) return;
  if (written.form !== 'km') {
    const { lat, lon, accuracyMetres } = written;
    change({
      place: { lat, lon },
      ...(accuracyMetres !== undefined && { accuracyMetres: `${accuracyMetres}` }),
    });
    return;
  }
  try {
    const { geometry, properties } = await read<z.output<typeof BorderPoint>>(
      `/borders/${written.border}/points`,
      {
        km: written.km,
      },
    );
    if (turn !== asked) return;
    const [lon, lat] = geometry.coordinates as [number, number];
    const accuracyMetres = String(
      Math.max(Number(draft.value.accuracyMetres), properties.horizontalAccuracyMetres),
    );
    change({ place: { lon, lat }, accuracyMetres });
  } catch (error) {
    if (turn === asked) placeFailure.value = refusalText(error);
  }
}

/** Said when the field is left: a text that is still being typed is not wrong yet. */
export function judgePlace(): void {
  const { place, placeText } = draft.value;
  if (!place && placeText.trim() && !placeFailure.value && readPlace(placeText) === undefined)
    placeFailure.value = said.notUnderstood();
}

const PAUSE_MS = 150;

/** Asks where the place is, a moment after it has changed. */
export function beginLocating(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  let last = '';
  effect(() => {
    const { place, accuracyMetres } = draft.value;
    const question = place ? JSON.stringify([place.lon, place.lat, Number(accuracyMetres) || 0]) : '';
    if (question === last) return;
    last = question;
    reading?.abort();
    clearTimeout(timer);
    located.value = undefined;
    if (!place) return;
    timer = setTimeout(async () => {
      reading = new AbortController();
      const { signal: aborted } = reading;
      const query = { lon: place.lon, lat: place.lat, accuracyMetres: Number(accuracyMetres) || 0 };
      const found = await read<FoundLocation>('/locate', query, aborted).catch(() => undefined);
      if (!aborted.aborted) located.value = found;
    }, PAUSE_MS);
  });
}
