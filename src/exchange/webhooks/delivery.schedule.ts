export interface Schedule {
  firstSeconds: number;
  /** Growth of the wait per attempt. */
  factor: number;
  mostSeconds: number;
}

/** Up to 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, and then 4 h, for three days. */
export const SCHEDULE: Schedule = { firstSeconds: 5, factor: 4, mostSeconds: 4 * 3600 };

/** Wait after a number of attempts, with full jitter: deliveries that failed together do not retry together. */
export function waitSeconds(
  attempts: number,
  retryAfter: string | undefined,
  { firstSeconds, factor, mostSeconds }: Schedule,
): number {
  const longest = Math.min(mostSeconds, firstSeconds * factor ** (attempts - 1));
  return Math.max(Math.random() * longest, Math.min(askedFor(retryAfter), mostSeconds));
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function askedFor(retryAfter = ''): number {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const atMs = Date.parse(retryAfter);
  return Number.isNaN(atMs) ? 0 : Math.max(0, (atMs - Date.now()) / 1000);
}
