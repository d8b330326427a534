import { effect, signal } from '@preact/signals';
import { LANGUAGES, type Language } from '../../src/core/vocabulary.ts';
import { chooseLanguage, language } from '../words/language.ts';

/** What a screen shows. All of it stands in the address, so that it can be sent, or read out by radio. */
export interface View {
  /** The open part; empty: the list of incidents. */
  part: string;
  /** The selected incident. */
  incident: string;
  /** What the open part has selected: a zone, a crossing, a shift. */
  item: string;
  kind: string;
  severity: string;
  state: string;
  country: string;
  /** Of crossings. */
  border: string;
  status: string;
  text: string;
  /** ISO 8601 duration back from now (`PT6H`), or an interval of two times. */
  time: string;
  /** `zoom/latitude/longitude`. */
  map: string;
  /** Layers that the map leaves out, comma-separated. */
  hide: string;
}

const EMPTY: View = {
  part: '',
  incident: '',
  item: '',
  kind: '',
  severity: '',
  state: '',
  country: '',
  border: '',
  status: '',
  text: '',
  time: '',
  map: '',
  hide: '',
};
const KEYS = Object.keys(EMPTY) as (keyof View)[];

function readAddress(): View {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries(KEYS.map((key) => [key, search.get(key) ?? ''])) as unknown as View;
}

export const view = signal<View>(readAddress());

const addressOf = (shown: View): string => {
  const search = new URLSearchParams();
  for (const key of KEYS) if (shown[key]) search.set(key, shown[key]);
  search.set('lang', language.value);
  return `${location.pathname}?${search}`;
};

/** Changes the view. `isStep`: the browser's back button returns from it. */
export function show(change: Partial<View>, { isStep = false } = {}): void {
  // first, because each change of the view replaces the address of the newest entry
  if (isStep) history.pushState(null, '', location.href);
  view.value = { ...view.value, ...change };
}

/** From here on address and view follow each other. */
export function beginAddress(): void {
  effect(() => history.replaceState(null, '', addressOf(view.value)));
  addEventListener('popstate', () => {
    view.value = readAddress();
    const asked = new URLSearchParams(location.search).get('lang') as Language;
    if (LANGUAGES.includes(asked)) chooseLanguage(asked);
  });
}
