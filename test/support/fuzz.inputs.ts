import fc from 'fast-check';

/** Inputs that are nearly right: what random text never reaches, behind the first checks of a reader. */

const pieces = (words: readonly string[], longest: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...words) },
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      {
        maxLength: longest,
      },
    )
    .map((parts) => parts.join(' '));

/** A valid text with a part of it removed, doubled or replaced. */
const damaged = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat({ max: 20 }),
      fc.oneof(fc.string({ maxLength: 4 }), fc.constant('')),
    )
    .map(([text, at, length, instead]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + instead + text.slice(from + length) + (length % 3 === 0 ? text : '');
    });

const nested = (open: string, inside: string, close: string) =>
  fc.nat({ max: 130 }).map((depth) => open.repeat(depth) + inside + close.repeat(depth));

/** A ring around a place that does not cross itself, or rarely. */
const round = fc
  .record({
    x: fc.integer({ min: 7, max: 12 }),
    y: fc.integer({ min: 30, max: 37 }),
    bends: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 9 }),
  })
  .map(({ x, y, bends }) => {
    const open = bends.map((bend, n) => {
      const angle = (2 * Math.PI * n) / bends.length;
      return [x + (bend / 100) * Math.cos(angle), y + (bend / 100) * Math.sin(angle)];
    });
    return [...open, open[0]!];
  });

const WKT_WORDS =
  'POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION Z ( ) (( )) , 8.2 33.8 -200 1e400 1e-9 .5 8. + - EMPTY SRID=4326; \0 \u0085'.split(
    ' ',
  );
const WKT_TEXTS = [
  'POLYGON ((8.2 33.8, 8.6 33.8, 8.6 34.1, 8.2 34.1, 8.2 33.8))',
  'SRID=4326; MULTIPOLYGON (((8 33, 9 33, 9 34, 8 33)), ((10 33, 11 33, 11 34, 10 33), (10.5 33.1, 10.6 33.1, 10.6 33.2, 10.5 33.1)))',
];

export const wktText = fc.oneof(
  round.map((ring) => `POLYGON ((${ring.map((position) => position.join(' ')).join()}))`),
  pieces(WKT_WORDS, 40),
  damaged(WKT_TEXTS),
  nested('MULTIPOLYGON (', '(1 2, 3 4)', ')'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const CQL2_WORDS = [
  ...WKT_WORDS,
  ...'kind severity occurredAt tlp geometry text "a b" AND OR NOT IN LIKE ILIKE BETWEEN IS NULL = <> < <= > >= * / % ^ DIV TRUE FALSE'.split(
    ' ',
  ),
  ...`'fire' '' ' '' '\\ '''' "kind 1 1e999 CASEI( ACCENTI( S_INTERSECTS( S_DISJOINT( T_AFTER( A_CONTAINS( DATE( TIMESTAMP( INTERVAL( BBOX( '2026-01-01' '..' '2026-01-01T00:00:00Z' nothing(`.split(
    ' ',
  ),
];
const CQL2_TEXTS = [
  `kind IN ('fire', 'flood') AND severity <> 'minor' OR NOT (tlp LIKE 'CL%')`,
  `S_INTERSECTS(geometry, POLYGON((8 33, 9 33, 9 34, 8 33))) AND T_AFTER(occurredAt, TIMESTAMP('2026-01-01T00:00:00Z'))`,
  `S_WITHIN(geometry, BBOX(7, 30, 12, 37)) AND distanceToBorderMetres * 2 + 1 BETWEEN 0 AND 10 ^ 4`,
  `S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(8 33), LINESTRING(8 33, 9 34)))`,
  `CASEI(kind) = CASEI('FIRE') AND T_INTERSECTS(INTERVAL(occurredAt, '..'), INTERVAL('2026-01-01', '2026-12-31'))`,
];

export const cql2Text = fc.oneof(
  pieces(CQL2_WORDS, 50),
  damaged(CQL2_TEXTS),
  nested('(', "kind = 'fire'", ')'),
  nested('NOT ', 'TRUE', ''),
  nested('-', '1', ' = 1'),
  fc
    .nat({ max: 60 })
    .map((n) => `S_INTERSECTS(geometry, ${'GEOMETRYCOLLECTION('.repeat(n)}POINT(8 33)${')'.repeat(n)})`),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

const number = fc.oneof(
  fc.double({ min: -200, max: 200, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, 1e308, 5e-324, 180, -180, 90),
);
const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', [], {}, '__proto__'));
const mostly = <T>(usual: fc.Arbitrary<T>, weight = 30): fc.Arbitrary<unknown> =>
  fc.oneof({ weight, arbitrary: usual as fc.Arbitrary<unknown> }, odd);

const position = mostly(fc.oneof(fc.tuple(number, number), fc.array(number, { maxLength: 4 })));
/** Closed more often than by chance. */
const ring = fc
  .array(position, { minLength: 1, maxLength: 8 })
  .chain((open) => fc.constantFrom(open, [...open, open[0]], [...open, ...open]));
const rings = mostly(fc.array(ring, { maxLength: 3 }));

const plainGeometry = fc.oneof(
  fc.record({ type: fc.constant('Polygon'), coordinates: fc.array(round, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    type: fc.constant('MultiPolygon'),
    coordinates: fc.array(fc.tuple(round), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('Point'), coordinates: position }),
  fc.record({ type: fc.constantFrom('LineString', 'MultiPoint'), coordinates: ring }),
  fc.record({ type: fc.constantFrom('Polygon', 'MultiLineString'), coordinates: rings }),
  fc.record({ type: fc.constant('MultiPolygon'), coordinates: mostly(fc.array(rings, { maxLength: 3 })) }),
  fc.record({ type: mostly(fc.string({ maxLength: 5 })), coordinates: odd }),
);

const inCollections = (geometry: unknown, depth: number): unknown =>
  depth === 0 ? geometry : { type: 'GeometryCollection', geometries: [inCollections(geometry, depth - 1)] };

export const geoJson = fc.oneof(
  { weight: 10, arbitrary: plainGeometry },
  fc.tuple(plainGeometry, fc.nat({ max: 40 })).map(([one, depth]) => inCollections(one, depth)),
  odd,
);

const OPERATORS =
  'and or not = <> < <= > >= + - * / % ^ div like between in isNull casei accenti s_intersects s_within s_crosses t_after t_during a_contains nothing'.split(
    ' ',
  );
const PROPERTIES = 'kind severity occurredAt tlp geometry distanceToBorderMetres nothing'.split(' ');

export const cql2Json = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'cql2' },
    fc.oneof(
      fc.record({ property: mostly(fc.constantFrom(...PROPERTIES)) }),
      mostly(fc.oneof(number, fc.string({ maxLength: 5 }), fc.boolean())),
      fc.record({ date: mostly(fc.constantFrom('2026-01-01', '2026-02-30')) }),
      fc.record({ timestamp: mostly(fc.constantFrom('2026-01-01T00:00:00Z', '9999-12-31T23:59:60Z')) }),
      fc.record({ interval: mostly(fc.array(fc.constantFrom('..', '2026-01-01', ''), { maxLength: 3 })) }),
      fc.record({ bbox: mostly(fc.array(number, { minLength: 4, maxLength: 6 })) }),
      geoJson,
    ),
    fc.record({ op: mostly(fc.constantFrom(...OPERATORS)), args: fc.array(tie('any'), { maxLength: 4 }) }),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
})).any;
