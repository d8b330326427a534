import { useEffect, useRef } from 'preact/hooks';
import { SEVERITY_COLOURS, type SymbolSeverity } from '../../src/ogc/symbols/symbol.palette.ts';
import { show, view } from '../app/address.ts';
import { momentOf } from '../words/time.ts';
import { instantOf, periodOf } from './time.interval.ts';
import { barPeriod, counts, replay } from './time.store.ts';
import { said } from './time.words.ts';

const SEVERITIES = Object.keys(SEVERITY_COLOURS).toReversed() as SymbolSeverity[]; // the gravest below
const HEIGHT = 40;

/** One bar for each part of the period, the gravest below. A click shows that part alone. */
export function TimeBars() {
  const chart = useRef<SVGSVGElement>(null);
  useEffect(() => {
    // the two fields for the ends of the period do the same
    const click = (event: MouseEvent) => openBarAt(event);
    chart.current!.addEventListener('click', click);
    return () => chart.current?.removeEventListener('click', click);
  }, []);
  const { from, to } = barPeriod.value;
  const bars = counts.value?.counts ?? [];
  const most = Math.max(1, ...bars.map(({ total }) => total));
  return (
    <figure class="time-bars">
      <svg
        ref={chart}
        viewBox={`0 0 ${Math.max(1, bars.length)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary()}
      >
        {bars.map((bar, i) => (
          <Bar key={bar.from} bar={bar} column={i} most={most} />
        ))}
      </svg>
      <figcaption>
        <time>{momentOf(from)}</time>
        <span>{counts.value && said.counted({ n: counts.value.total })}</span>
        <time>{momentOf(to)}</time>
      </figcaption>
    </figure>
  );
}

type Count = NonNullable<typeof counts.value>['counts'][number];

function Bar({ bar, column, most }: { bar: Count; column: number; most: number }) {
  const shown = periodOf(view.value.time);
  const isShown = !replay.value || (shown?.to ?? 0) > Date.parse(bar.from);
  let top = HEIGHT;
  const parts = SEVERITIES.map((severity) => {
    const height = ((bar.severity[severity] ?? 0) / most) * (HEIGHT - 2);
    top -= height;
    return { severity, top, height };
  });
  return (
    <g class={isShown ? 'bar' : 'bar later'} data-column={column}>
      <title>{`${momentOf(bar.from)}: ${bar.total}`}</title>
      <rect class="back" x={column} y={0} width={1} height={HEIGHT} />
      {parts.map(({ severity, top: y, height }) => (
        <rect
          key={severity}
          x={column + 0.1}
          y={y}
          width={0.8}
          height={height}
          fill={SEVERITY_COLOURS[severity].fill}
        />
      ))}
    </g>
  );
}

function openBarAt({ target }: MouseEvent): void {
  const column = (target as Element).closest<SVGGElement>('.bar')?.dataset.column;
  const bar = counts.peek()?.counts[Number(column)];
  if (!bar || replay.peek()) return;
  show({ time: `${instantOf(Date.parse(bar.from))}/${instantOf(Date.parse(bar.to))}` }, { isStep: true });
}

function summary(): string {
  const { total, counts: bars } = counts.value ?? { total: 0, counts: [] };
  const [highest] = bars.toSorted((one, other) => other.total - one.total);
  const all = said.counted({ n: total });
  if (!highest?.total) return all;
  const { from, to, total: most } = highest;
  return `${all}; ${said.most({ most, from: momentOf(from), to: momentOf(to) })}`;
}
