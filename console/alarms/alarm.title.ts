import { effect } from '@preact/signals';
import { now } from '../words/time.ts';
import { ringing, waiting } from './alarm.store.ts';
import { said } from './alarm.words.ts';

const isCalm = matchMedia('(prefers-reduced-motion: reduce)');

/** The title of the tab counts what waits, and flashes while something rings. */
export function titleAlarms(): void {
  const usual = document.title;
  effect(() => {
    const { length } = waiting.value;
    const alarm = `(${length}) ${said.title()}`;
    const isOn = ringing.value.length > 0 && !isCalm.matches && Math.floor(now.value / 1000) % 2 === 0;
    if (length === 0) document.title = usual;
    else document.title = isOn ? `⚠ ${alarm}` : `${alarm} – ${usual}`;
  });
}
