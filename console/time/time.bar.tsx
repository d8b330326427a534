import { useEffect } from 'preact/hooks';
import './time.css';
import { show, view } from '../app/address.ts';
import { momentOf } from '../words/time.ts';
import { TimeBars } from './time.bars.tsx';
import { instantOf, periodOf, SPAN_NAMES } from './time.interval.ts';
import {
  beginReplay,
  endReplay,
  keepCounts,
  keepReplay,
  replay,
  showUntil,
  turnReplay,
} from './time.store.ts';
import { said } from './time.words.ts';

/** Which time is shown, of the list and of the map alike, and how many incidents began when. */
export function TimeBar() {
  useEffect(() => {
    const ends = [keepCounts(), keepReplay()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <section class="time" aria-label={said.title()}>
      {replay.value ? <Replay /> : <Choices />}
      <TimeBars />
    </section>
  );
}

function Choices() {
  const { time } = view.value;
  return (
    <div class="time-choices">
      {['' as const, ...SPAN_NAMES].map((span) => (
        <button
          key={span}
          type="button"
          aria-pressed={time === span}
          onClick={() => show({ time: span }, { isStep: true })}
        >
          {span === '' ? said.all() : said[span]()}
        </button>
      ))}
      <Moment label={said.from()} end="from" />
      <Moment label={said.until()} end="to" />
      <button type="button" onClick={beginReplay}>
        {said.replay()}
      </button>
    </div>
  );
}

const MINUTES = 16; // characters of YYYY-MM-DDTHH:MM
const localOf = (at: number | undefined): string => {
  if (at === undefined) return '';
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, MINUTES);
};

/** One end of the period, in the time of the reader's machine. */
function Moment({ label, end }: { label: string; end: 'from' | 'to' }) {
  const period = periodOf(view.value.time);
  const change = (text: string) => {
    const ends = { from: period?.from, to: period?.to, [end]: text ? Date.parse(text) : undefined };
    const from = ends.from ? instantOf(ends.from) : undefined;
    if (from) show({ time: `${from}/${ends.to ? instantOf(ends.to) : '..'}` }, { isStep: true });
  };
  return (
    <label class="time-moment">
      {label}
      <input
        type="datetime-local"
        value={localOf(period?.[end])}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
    </label>
  );
}

function Replay() {
  const { from, to, at, isPlaying } = replay.value!;
  return (
    <div class="time-choices">
      <button type="button" onClick={() => turnReplay(!isPlaying)}>
        {isPlaying ? said.pause() : said.play()}
      </button>
      <input
        type="range"
        aria-label={said.moment()}
        aria-valuetext={momentOf(at)}
        min={from}
        max={to}
        step={60_000}
        value={at}
        onInput={({ currentTarget }) => {
          turnReplay(false);
          showUntil(Number(currentTarget.value));
        }}
      />
      <output>{momentOf(at)}</output>
      <button type="button" onClick={endReplay}>
        {said.leave()}
      </button>
    </div>
  );
}
