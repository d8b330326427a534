import type { z } from 'zod';
import type { Crossing, SideWithStatements } from '../../src/features/crossings/crossing.schema.ts';
import { DAYS, TRAFFIC_CLASSES } from '../../src/features/crossings/crossing.vocabulary.ts';
import { clockOf, dateOf, momentOf } from '../words/time.ts';
import { value, within } from '../words/values.ts';
import { listOf } from '../words/words.ts';
import { said } from './crossing.words.ts';

export type CrossingRow = z.output<typeof Crossing>;
export type Side = z.output<typeof SideWithStatements>;
export type Statement = Side['statements'][number];
type State = 'open' | 'restricted' | 'closed' | 'unknown';

/** One line of the board: a state of one side, for one direction or both, and some traffic. */
export interface Line {
  key: string;
  state: State;
  text: string;
  statement: Statement | undefined;
  isStale: boolean;
}

const STRICTEST: readonly State[] = ['closed', 'restricted', 'unknown', 'open'];
const STALE_AFTER_MS = 30 * 24 * 3_600_000;

interface Stated {
  entering: string | null;
  traffic: string[];
  state: State;
  basis: string;
  statement: Statement | undefined;
}

/** What holds at one side, in the officer's words, strictest first: `Sortie de Tunisie : fermée, marchandises, jusqu’à 12:00`. */
export function linesOf(crossing: CrossingRow, side: Side): Line[] {
  return bothWays(groupsOf(crossing, side))
    .sort((a, b) => STRICTEST.indexOf(a.state) - STRICTEST.indexOf(b.state))
    .map((stated) => lineOf(stated, side.country));
}

/** The classes of traffic of each direction with the same state for the same reason. */
function groupsOf({ properties: { table } }: CrossingRow, side: Side): Stated[] {
  const groups = new Map<string, Stated>();
  for (const { entering, traffic, sides } of table) {
    const { state, basis, statement } = sides.find(({ country }) => country === side.country)!;
    const key = `${entering}/${state}/${basis}/${statement}`;
    const found = groups.get(key);
    if (found) found.traffic.push(traffic);
    else
      groups.set(key, {
        ...{ entering, traffic: [traffic], state, basis },
        statement: side.statements.find(({ id }) => id === statement),
      });
  }
  return [...groups.values()];
}

/** What is the same in both directions is one line. */
function bothWays(groups: Stated[]): Stated[] {
  const sameAs = (a: Stated) => (b: Stated) =>
    a.state === b.state &&
    a.basis === b.basis &&
    a.statement === b.statement &&
    `${a.traffic}` === `${b.traffic}`;
  return groups.flatMap((one, n) => {
    const same = groups.findIndex(sameAs(one));
    const hasTwin = groups.filter(sameAs(one)).length > 1;
    if (!hasTwin) return [one];
    return same === n ? [{ ...one, entering: null }] : [];
  });
}

function lineOf(stated: Stated, country: string): Line {
  const { statement, entering, traffic, state, basis } = stated;
  const isStale =
    basis === 'statement' &&
    statement !== undefined &&
    statement.to === null &&
    Date.now() - Date.parse(statement.from) > STALE_AFTER_MS;
  const parts = [stateWord(entering, state), trafficWords(traffic)];
  if (basis === 'hours' || basis === 'nothing') parts.push(within('statusBasis', basis));
  if (statement?.to) parts.push(untilOf(statement.to));
  const key = `${entering}/${state}/${basis}/${traffic}`;
  return { key, state, text: sentence(entering, country, parts), statement, isStale };
}

/** A statement alone, as it is made and as it was made; with its start where that is to come. */
export function statementText(
  {
    entering,
    traffic,
    state,
    from,
    to,
  }: Pick<Statement, 'entering' | 'traffic' | 'state' | 'to'> & { from?: string | undefined },
  country: string,
): string {
  const parts = [
    state ? stateWord(entering, state) : within('statusBasis', 'hours'),
    trafficWords(traffic.length > 0 ? traffic : TRAFFIC_CLASSES),
    ...(from ? [fromOf(from)] : []),
    to ? untilOf(to) : said.noEnd(),
  ];
  return sentence(entering, country, parts);
}

const sentence = (entering: string | null, country: string, parts: readonly string[]): string =>
  `${directionOf(entering, country)}${said.colon()}${parts.join(said.comma())}`;

/** By the country that the side belongs to, so that nobody has to think about whose entry it is. */
export function directionOf(entering: string | null, country: string): string {
  if (entering === null) return said.both();
  return entering === country ? value('countryEntry', country) : value('countryExit', country);
}

const stateWord = (entering: string | null, state: State): string =>
  within(entering === null ? 'crossingState' : 'directionState', state);

function trafficWords(traffic: readonly string[]): string {
  if (traffic.length === TRAFFIC_CLASSES.length) return said.allTraffic();
  if (traffic.length > TRAFFIC_CLASSES.length / 2) return said.otherTraffic();
  return listOf(traffic.map((one) => within('traffic', one)));
}

const isToday = (at: string): boolean => new Date(at).toDateString() === new Date().toDateString();
const untilOf = (at: string): string =>
  isToday(at) ? `${said.until()} ${clockOf(at)}` : `${said.untilDay()} ${momentOf(at)}`;
const fromOf = (at: string): string =>
  isToday(at) ? `${said.from()} ${clockOf(at)}` : `${said.fromDay()} ${momentOf(at)}`;

/** `Lundi–vendredi : 07:00–19:00`, in the local time of the side. */
export function hoursText({ weekly, exceptions }: NonNullable<Statement['hours']>): string[] {
  const week = weekly.map((one) => `${daysText(one.days)}${said.colon()}${span(one.opens, one.closes)}`);
  const today = new Date().toISOString().slice(0, 10);
  const coming = exceptions
    .filter(({ to }) => to >= today)
    .map(({ from, to, open }) => {
      const days = from === to ? dateOf(from) : `${dateOf(from)} – ${dateOf(to)}`;
      const hours = open.map(({ opens, closes }) => span(opens, closes));
      return `${days}${said.colon()}${hours.length > 0 ? hours.join(said.comma()) : said.shut()}`;
    });
  return [...week, ...coming];
}

function daysText(days: readonly (typeof DAYS)[number][]): string {
  const ordered = DAYS.filter((day) => days.includes(day));
  const first = DAYS.indexOf(ordered[0]!);
  const isRow = ordered.length > 2 && ordered.every((day, n) => DAYS[first + n] === day);
  if (isRow) return `${within('day', ordered[0]!)}–${within('day', ordered.at(-1)!)}`;
  return listOf(ordered.map((day) => within('day', day)));
}

// from left to right and unbroken, also within Arabic
const span = (opens: string, closes: string): string => `\u2066${opens}\u2060–\u2060${closes}\u2069`;
