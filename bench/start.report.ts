import type { StartMeasures } from './start.ts';

export const reportStarts = (checkouts: readonly StartMeasures[]): string =>
  [
    '| start | checkout | first answer, s | processor time of the service until then, s | memory at rest, MB |',
    '|---|---|---|---|---|',
    ...checkouts[0]!.measures.flatMap((_, n) =>
      checkouts.map(({ name, measures }) => {
        const { way, seconds, cpuSeconds, restMegabytes } = measures[n]!;
        return `| ${way} | ${name} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${restMegabytes?.toFixed(0) ?? '–'} |`;
      }),
    ),
    '',
  ].join('\n');
