import { effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { BorderPoint } from '../../src/features/borders/border.schema.ts';
import type { Location } from '../../src/features/locate/locate.schema.ts';
import { read } from '../api/request.ts';
import { refusalText } from '../app/write.ts';
import type { Place } from '../map/place.circle.ts';
import { readPlace } from './place.text.ts';
import { change, draft, isPassing } from './report.draft.ts';
import { said } from './report.words.ts';

export type FoundLocation = z.output<typeof Location>;

/** What the service knows about the place of the draft; undefined: not asked yet, or not reached. */
export const located = signal<FoundLocation | undefined>(undefined);
/** Why the written place is none. */
export const placeFailure = signal('');

/** Counts the places that were given: an answer about an earlier one comes too late. */
let asked = 0;

const DECIMALS = 5;
const MAP_METRES = '250'; // of a click on a map of a whole border

export const textOf = ({ lat, lon }: Place): string => `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`;

/** A click on the map. */
export function takePlace(place: Place): void {
  asked += 1;
  placeFailure.value = '';
  change({ place, placeText: textOf(place), accuracyMetres: draft.value.accuracyMetres || MAP_METRES });
}

export function swapPlace(): void {
  const { place } = draft.value;
  if (place && Math.abs(place.lon) <= 90) takePlace({ lon: place.lat, lat: place.lon });
}

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
  await findKm(written, () => turn === asked && draft.peek().placeText === placeText);
}

const AGAIN_MS = 2_000;

/** Asks for the point of a chainage, again and again while the service is not reached. */
async function findKm(written: { border: string; km: number }, isWanted: () => boolean): Promise<void> {
  const { border, km } = written;
  try {
    const path = `/borders/${border}/points`;
    const { geometry, properties } = await read<z.output<typeof BorderPoint>>(path, { km });
    if (!isWanted()) return;
    const [lon, lat] = geometry.coordinates as [number, number];
    const accuracyMetres = String(
      Math.max(Number(draft.value.accuracyMetres), properties.horizontalAccuracyMetres),
    );
    placeFailure.value = '';
    change({ place: { lon, lat }, accuracyMetres });
  } catch (error) {
    if (!isWanted()) return;
    placeFailure.value = refusalText(error);
    if (isPassing(error)) setTimeout(() => isWanted() && void findKm(written, isWanted), AGAIN_MS);
  }
}

/** Said when the field is left: a text that is still being typed is not wrong yet. */
export function judgePlace(): void {
  const { place, placeText } = draft.value;
  if (!place && placeText.trim() && !placeFailure.value && readPlace(placeText) === undefined)
    placeFailure.value = said.notUnderstood();
}

const PAUSE_MS = 150;

/** Asks where the place is, a moment after it has changed; again and again while the service is not reached. */
export function beginLocating(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: AbortController | undefined;
  let last = '';
  async function locate(query: { lon: number; lat: number; accuracyMetres: number }): Promise<void> {
    reading = new AbortController();
    const { signal: aborted } = reading;
    try {
      const found = await read<FoundLocation>('/locate', query, aborted);
      if (!aborted.aborted) located.value = found;
    } catch (error) {
      if (!aborted.aborted && isPassing(error)) timer = setTimeout(() => void locate(query), AGAIN_MS);
    }
  }
  effect(() => {
    const { place, accuracyMetres } = draft.value;
    const query = place && { lon: place.lon, lat: place.lat, accuracyMetres: Number(accuracyMetres) || 0 };
    const question = query ? JSON.stringify(query) : '';
    if (question === last) return;
    last = question;
    reading?.abort();
    clearTimeout(timer);
    located.value = undefined;
    if (query) timer = setTimeout(() => void locate(query), PAUSE_MS);
  });
}
