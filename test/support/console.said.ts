import type { Page } from 'playwright-core';
import { type KindOfWord, VOCABULARIES, valuesOf } from '../../src/core/vocabulary.ts';
import { eventually } from './eventually.ts';

/** Values of the API that no language has as a word: `in_progress`, `inForce`, `reaction-overdue`. */
const RAW = (Object.keys(VOCABULARIES.en) as KindOfWord[])
  .flatMap((kind) => valuesOf(kind) as string[])
  .filter((value) => /[a-z](_[a-z]|[A-Z]|-[a-z])/.test(value))
  .map((value) => new RegExp(`\\b${value}\\b`));

const NAMES = /^(Tripoint|OpenStreetMap|ODbL|GeoNames|Natural|Earth|WebGL|MapLibre|English|Français)$/;

/**
 * What the screen says: texts, labels and hints. Codes, values of people and names stand in `<bdi>`, `<code>`, an element
 * with a language of its own or between marks of isolation, and are not words of the console.
 */
const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // no function with a name: what compiles tests adds to it what a page does not know
    const others = 'bdi, code, kbd, [lang]:not(html), script, style, noscript, .maplibregl-map';
    const texts: (string | null)[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (!walker.currentNode.parentElement?.closest(others)) texts.push(walker.currentNode.textContent);
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (!element.closest(others))
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name));
    return texts
      .map((text) => (text ?? '').replace(/[\u2066-\u2068][^\u2069]*\u2069/g, '').trim())
      .filter(Boolean);
  });

/** What the screen says once it says the same twice: answers have arrived. */
export async function settled(page: Page): Promise<string[]> {
  let before: string[] = [];
  await eventually(async () => {
    const said = await saidOn(page);
    const isSame = said.join() === before.join();
    before = said;
    return isSame;
  });
  return before;
}

/** Values that no person should read. */
export const rawIn = (said: readonly string[]): string[] =>
  said.filter(
    (text) => RAW.some((value) => value.test(text)) || /\b(undefined|NaN|null)\b|\[object/.test(text),
  );

/** Latin words but names and codes: none belongs on an Arabic screen. */
export const latinIn = (said: readonly string[]): string[] =>
  said.flatMap((text) =>
    (text.match(/[A-Za-zÀ-ž][\wÀ-ž-]*/g) ?? []).filter(
      (word) => !/^[A-Z0-9-]+$/.test(word) && !NAMES.test(word),
    ),
  );
