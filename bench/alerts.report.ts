import { percentilesText } from './alert.delays.ts';
import type { AlertMeasures } from './alerts.ts';
import type { DearFilterMeasures, OtherDelays } from './dear.filters.ts';

const WRITE_TARGET = 0.8;
const DELAY_TARGET = { p50Ms: 15, p99Ms: 80 };
const BESIDE_DEAR_MS = 500;

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const against = (isMet: boolean, target: string) => `${target}: ${isMet ? 'met' : 'missed'}`;

/** Table rows: promise, measured value, target. */
export function alertRows({
  subscriptions,
  without,
  with: withThem,
  behindMs,
  delays,
}: AlertMeasures): string[][] {
  const ratios = withThem.map((rate, round) => rate / without[round]!);
  const ratio = median(ratios);
  return [
    [
      `incidents written with ${subscriptions} subscriptions, compared with none`,
      `${median(withThem)} beside ${median(without)} a second: ${ratio.toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(', ')}); the last is told ${median(behindMs)} ms after the writers stop`,
      against(ratio >= WRITE_TARGET, `≥ ${WRITE_TARGET}`),
    ],
    ...delays.flatMap(delayRows),
  ];
}

type DelaysOfSide = AlertMeasures['delays'][number];

const delayRows = ({ of, subscriptions, incidents, alerts, raised, streamed }: DelaysOfSide): string[][] => [
  [
    `${of}: from an incident to its alerts, ${subscriptions} subscriptions`,
    `${percentilesText(raised)} (${alerts} alerts of ${incidents} incidents)`,
    against(
      raised.p50Ms <= DELAY_TARGET.p50Ms && raised.p99Ms <= DELAY_TARGET.p99Ms,
      `p50 ≤ ${DELAY_TARGET.p50Ms}, p99 ≤ ${DELAY_TARGET.p99Ms} ms`,
    ),
  ],
  [
    `${of}: the same to the stream of its agency`,
    `${percentilesText(streamed)} (${streamed.count} of the alerts are of agencies that listen)`,
    '–',
  ],
];

export const dearFilterRows = (measures: DearFilterMeasures): string[][] => {
  const { filters, suspended, suspendedAfterMs } = measures;
  const after =
    suspendedAfterMs === undefined ? '' : `, the last one ${(suspendedAfterMs / 1000).toFixed(1)} s after`;
  return [
    ['alerts of others without the filters', delaysText(measures.without), '–'],
    [
      `alerts of others beside ${filters} of the dearest filters of one agency`,
      `${delaysText(measures.with)}; ${suspended} filters suspended${after} the first incident`,
      against(measures.with.p99Ms <= BESIDE_DEAR_MS, `p99 ≤ ${BESIDE_DEAR_MS} ms`),
    ],
  ];
};

const delaysText = ({ alerts, p50Ms, p99Ms, longestMs }: OtherDelays): string =>
  `p50 ${p50Ms} ms, p99 ${p99Ms} ms, longest ${longestMs} ms (${alerts} alerts)`;
