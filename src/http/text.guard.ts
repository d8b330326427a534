const LONE_SURROGATE = /\p{Surrogate}/u;

/** Characters that PostgreSQL cannot store, refused before it fails. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not hold the character NUL (U+0000)';
  if (LONE_SURROGATE.test(text)) return 'must not hold half a surrogate pair';
  return undefined;
}
