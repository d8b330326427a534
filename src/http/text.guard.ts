const LONE_SURROGATE = /\p{Surrogate}/u;

/** What PostgreSQL cannot store in a text: said here, so that it does not fail there. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not hold the character NUL (U+0000)';
  if (LONE_SURROGATE.test(text)) return 'must not hold half a surrogate pair';
  return undefined;
}
