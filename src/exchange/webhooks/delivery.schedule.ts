export interface Schedule {
  firstSeconds: number;
  /** Each wait may be so many times as long as the one before. */
  factor: number;
  mostSeconds: number;
}

/** Up to 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, and then 4 h, for three days. */
export const SCHEDULE: Schedule = { firstSeconds: 5, factor: 4, mostSeconds: 4 * 3600 };

/** How long to wait after a number of attempts: full jitter, so that those who failed together do not come back together. */
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
