import type { Cql2Expression } from '../../src/ogc/cql2/cql2.expression.ts';
import type { Thing, ThingFeature } from './cql2.things.ts';

const NAMES = [
  '',
  'a',
  'A',
  'ä',
  'ab',
  'aB',
  'a%',
  'a_b',
  'a\\b',
  'b',
  'Straße',
  'STRASSE',
  'é',
  'É',
  'Ω',
  'ω',
  "o'b",
  'ز',
  '\n',
];
const PATTERNS = ['', '%', '_', 'a%', '%b', '_b', 'a\\%', 'a\\_b', 'a\\\\%', '%ß%', 'É', '%\n%', "%'%"];
const TIMES = [
  '2026-01-31T00:00:00Z',
  '2026-01-31T12:00:00Z',
  '2026-01-31T23:59:59.999Z',
  '2026-02-01T00:00:00Z',
  '2026-02-03T06:30:00Z',
];
const DAYS = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-03'];
const TAGS = ['a', 'b', 'c'];
const TESTS = ['=', '<>', '<', '>', '<=', '>='];
const SPATIAL = ['intersects', 'disjoint', 'equals', 'touches', 'within', 'contains', 'overlaps', 'crosses'];
const TEMPORAL = ['after', 'before', 'disjoint', 'equals', 'intersects'];
const OF_INTERVALS = [
  'contains',
  'during',
  'finishedBy',
  'finishes',
  'meets',
  'metBy',
  'overlappedBy',
  'overlaps',
  'startedBy',
  'starts',
];

/** Random features with gaps, and random conditions over them. */
export function randomCql2(random: () => number) {
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const oneOf = <T>(...makers: (() => T)[]): T => pick(makers)();
  const orNull = <T>(value: () => T): T | null => (random() < 0.25 ? null : value());
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5);
  const call = (op: string, ...args: Cql2Expression[]): Cql2Expression => ({ op, args });
  const property = (name: string): Cql2Expression => ({ property: name });
  const half = () => below(9) / 2;

  const box = (): [number, number, number, number] => {
    const [west, south] = [half(), half()];
    return [west, south, west + 0.5 + half(), south + 0.5 + half()];
  };
  const polygon = () => {
    const [west, south, east, north] = box();
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return { type: 'Polygon' as const, coordinates: [ring] };
  };
  const point = () => ({ type: 'Point' as const, coordinates: [half(), half()] });

  const feature = (id: number): ThingFeature => {
    const [from, to] = [pick(TIMES), pick(TIMES)].sort() as [string, string];
    const at = orNull(() => from);
    const properties: Thing = {
      name: orNull(() => pick(NAMES)),
      note: orNull(() => pick(NAMES)),
      amount: orNull(() => below(11) - 5),
      ratio: orNull(() => half() - 2),
      done: orNull(() => random() < 0.5),
      at,
      until: at === null ? null : orNull(() => to),
      day: orNull(() => pick(DAYS)),
      tags: orNull(() => some(TAGS)),
    };
    return {
      type: 'Feature',
      id,
      geometry: orNull(() => (random() < 0.5 ? point() : polygon())) as never,
      properties,
    };
  };

  const leaf = () =>
    oneOf<Cql2Expression>(
      () => property('amount'),
      () => property('ratio'),
      () => below(7) - 3,
      () => half(),
    );
  /** Remainders and powers of what is short: of long fractions the last digit may differ from JavaScript's. */
  const number = (depth: number): Cql2Expression => {
    if (depth === 0 || random() < 0.4) return leaf();
    return oneOf(
      () => call(pick(['+', '-', '*', '/', 'div']), number(depth - 1), number(depth - 1)),
      () => call('%', leaf(), leaf()),
      () => call('^', leaf(), below(3)),
    );
  };
  const text = (depth: number): Cql2Expression =>
    depth > 0 && random() < 0.3
      ? call(pick(['casei', 'accenti']), text(depth - 1))
      : oneOf<Cql2Expression>(
          () => property('name'),
          () => property('note'),
          () => pick(NAMES),
        );
  const pattern = (depth: number): Cql2Expression =>
    depth > 0 && random() < 0.3 ? call(pick(['casei', 'accenti']), pattern(depth - 1)) : pick(PATTERNS);

  const timeProperty = () => property(pick(['at', 'until', 'day']));
  const instant = (): Cql2Expression =>
    oneOf<Cql2Expression>(
      timeProperty,
      timeProperty,
      () => ({ date: pick(DAYS) }),
      () => ({ timestamp: pick(TIMES) }),
    );
  const interval = (): Cql2Expression => {
    const [from, to] = [pick([...TIMES, ...DAYS]), pick([...TIMES, ...DAYS])].sort() as [string, string];
    return oneOf<Cql2Expression>(
      () => property('plainPeriod'),
      () => property('period'),
      () => ({ interval: [from, to] }),
      () => ({ interval: random() < 0.5 ? ['..', to] : [from, '..'] }),
      () => ({ interval: [{ property: 'at' }, { property: 'until' }] }),
      () => ({ interval: [{ property: 'day' }, random() < 0.5 ? '..' : '2026-03-01T00:00:00Z'] }),
    );
  };
  const geometry = (): Cql2Expression =>
    oneOf<Cql2Expression>(
      () => property('geom'),
      () => property('geom'),
      point,
      polygon,
      () => ({ bbox: box() }),
    );
  const array = (): Cql2Expression => (random() < 0.5 ? property('tags') : some(TAGS));

  const scalars = (depth: number): (() => Cql2Expression)[] => [
    () => call(pick(TESTS), number(depth), number(depth)),
    () => call(pick(TESTS), text(depth), text(depth)),
    () => call(pick(TESTS), instant(), instant()),
    () => call(pick(TESTS), timeProperty(), pick([...TIMES, ...DAYS])),
    () => call(pick(TESTS), property('done'), random() < 0.5),
    () => call('between', number(depth), number(depth), number(depth)),
    () => call('between', instant(), instant(), instant()),
    () => call('between', text(0), text(0), text(0)),
    () =>
      call(
        'in',
        number(0),
        Array.from({ length: 1 + below(3) }, () => number(0)),
      ),
    () =>
      call(
        'in',
        text(depth),
        Array.from({ length: 1 + below(3) }, () => text(depth)),
      ),
    () => call('in', timeProperty(), Array.from({ length: 1 + below(3) }, instant)),
    () => call('like', text(depth), pattern(depth)),
    () =>
      call(
        'isNull',
        pick([
          leaf,
          instant,
          () => property('geom'),
          () => property('tags'),
          () => property('plainPeriod'),
        ])(),
      ),
  ];
  const functions: (() => Cql2Expression)[] = [
    () => call(`s_${pick(SPATIAL)}`, geometry(), geometry()),
    () => call(`t_${pick(TEMPORAL)}`, pick([instant, interval])(), pick([instant, interval])()),
    () => call(`t_${pick(OF_INTERVALS)}`, interval(), interval()),
    () => call(`a_${pick(['equals', 'contains', 'containedBy', 'overlaps'])}`, array(), array()),
  ];
  const condition = (depth: number): Cql2Expression => {
    if (depth === 0)
      return oneOf(
        ...scalars(1),
        ...functions,
        ...functions,
        () => property('done'),
        () => random() < 0.5,
      );
    const part = () => condition(below(depth));
    return oneOf(
      () => call(pick(['and', 'or']), ...Array.from({ length: 2 + below(2) }, part)),
      () => call('not', part()),
      () => call(pick(['=', '<>']), part(), part()),
      () => call('isNull', part()),
      () => condition(0),
    );
  };
  return { feature, condition };
}
