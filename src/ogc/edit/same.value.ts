const TIME = /^\d{4}-\d\d-\d\dT/;

/** Whether a sent property equals the stored one: a no-op write makes no revision. */
export const isSame = (sent: unknown, stored: unknown): boolean =>
  JSON.stringify(plain(sent)) === JSON.stringify(plain(stored));

/** Normal form: times as instants, lists and members sorted. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return TIME.test(value) ? Date.parse(value) : value.trim();
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return value;
}
