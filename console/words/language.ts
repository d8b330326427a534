import { computed, effect, signal } from '@preact/signals';
import { directionOf, LANGUAGES, type Language } from '../../src/core/vocabulary.ts';

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { fr: 'Français', ar: 'العربية', en: 'English' };

export const language = signal<Language>('en');

/** For `Intl`: Latin digits, which all three countries use in operations rooms; months as in the Maghreb. */
export const locale = computed(() => ({ fr: 'fr-TN', ar: 'ar-TN-u-nu-latn', en: 'en-GB' })[language.value]);

const isLanguage = (value: string | null): value is Language => LANGUAGES.includes(value as Language);

/** The language of the address, else the one chosen before, else what the page was sent in. */
export function beginLanguage(): void {
  const asked = new URLSearchParams(location.search).get('lang');
  const chosen = localStorage.getItem('language');
  language.value = [asked, chosen, document.documentElement.lang].find(isLanguage) ?? 'en';
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dir = directionOf(language.value);
  });
}

const formats = new Map<string, unknown>();
/** A formatter of the language in use: to make one takes longer than to use it a hundred times. */
export function kept<T>(name: string, make: () => T): T {
  const key = `${locale.value} ${name}`;
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key) as T;
}

/** Chosen by a person: kept for the next visit. */
export function chooseLanguage(one: Language): void {
  localStorage.setItem('language', one);
  language.value = one;
}
