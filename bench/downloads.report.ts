import type { DownloadComparison, DownloadMeasures } from './downloads.ts';

/** Of the rate of `\copy`. */
const TARGETS: Record<string, number> = { gpkg: 0.35 };
const USUAL_TARGET = 0.5;
const HELD_TARGET_MB = 150;

export const DOWNLOAD_HEADINGS = [
  ...['all incidents as', 'MB', 'service', 'rows/s', '`\\copy` rows/s', 'ratio', 'target'],
  ...['CPU s', 'first byte s', 'again s', 'with its ETag s', 'MB held', 'target'],
];

/** A row for each service. */
export const downloadRows = (downloads: readonly DownloadComparison[]): string[][] =>
  downloads.flatMap((one) => [
    ...(one.before ? [measuresRow(one, 'before', one.before)] : []),
    measuresRow(one, 'now', one.now),
  ]);

function measuresRow(
  { format, megabytes, copied, again }: DownloadComparison,
  service: 'before' | 'now',
  { rate, firstByteSeconds, heldMegabytes, cpuSeconds }: DownloadMeasures,
): string[] {
  const ratio = rate / copied;
  const least = TARGETS[format] ?? USUAL_TARGET;
  const isNow = service === 'now';
  return [
    format,
    megabytes.toFixed(0),
    service,
    rate.toFixed(0),
    copied.toFixed(0),
    ratio.toFixed(2),
    isNow ? `≥ ${least} ${verdict(ratio >= least)}` : '',
    cpuSeconds.toFixed(1),
    firstByteSeconds.toFixed(2),
    again && isNow ? again.seconds.toFixed(3) : '–',
    again && isNow ? again.unchangedSeconds.toFixed(3) : '–',
    heldMegabytes.toFixed(0),
    isNow ? `≤ ${HELD_TARGET_MB} ${verdict(heldMegabytes <= HELD_TARGET_MB)}` : '',
  ];
}

const verdict = (isMet: boolean): string => (isMet ? '✓' : '✗');
