import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../src/core/problem.ts';
import { AreaGeometry } from '../../src/geometry/area.schema.ts';
import { LineStringGeometry } from '../../src/geometry/line.schema.ts';
import { PointGeometry } from '../../src/geometry/point.schema.ts';
import { WktArea } from '../../src/geometry/wkt.parse.ts';
import { parseCql2Json } from '../../src/ogc/cql2/cql2.json.ts';
import { parseCql2Text } from '../../src/ogc/cql2/cql2.text.ts';
import { placeQueryables } from '../support/cql2.annex.ts';
import { compile } from '../support/cql2.rows.ts';
import { cql2Json, cql2Text, geoJson, wktText } from '../support/fuzz.inputs.ts';
import { countRuns, samples } from '../support/runs.ts';

const RUNS = samples(100_000, 400);

/** What a reader does with bad input: nothing, or a Problem of the request. */
function refusesOrReads(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect([400, 422]).toContain(error.status);
  }
}

const READERS: [name: string, inputs: fc.Arbitrary<unknown>, read: (input: never) => unknown][] = [
  ['CQL2 text', cql2Text, (text: string) => compile(parseCql2Text(text, 'cql2-text'), placeQueryables)],
  [
    'the CQL text of GDAL',
    cql2Text,
    (text: string) => compile(parseCql2Text(text, 'cql-text'), placeQueryables),
  ],
  ['CQL2 JSON', cql2Json, (json: unknown) => compile(parseCql2Json(json), placeQueryables)],
  ['WKT', wktText, (text: string) => WktArea.safeParse(text)],
  [
    'GeoJSON',
    geoJson,
    (json: unknown) =>
      [AreaGeometry, PointGeometry, LineStringGeometry].map((schema) => schema.safeParse(json)),
  ],
];

describe('any input is read, or refused with 400 or 422, as', () => {
  // fast-check names the seed of what failed
  test.each(READERS)('%s', (_name, inputs, read) => {
    fc.assert(
      fc.property(inputs, (input) => refusesOrReads(() => read(input as never))),
      { numRuns: RUNS },
    );
    countRuns(RUNS);
  });
});

test('collections in each other are refused before PostGIS cannot read them', () => {
  const within = (depth: number) =>
    `S_INTERSECTS(g, ${'GEOMETRYCOLLECTION('.repeat(depth)}POINT(8 33)${')'.repeat(depth)})`;
  expect(() => parseCql2Text(within(8), 'cql2-text')).not.toThrow();
  for (const depth of [9, 20, 90])
    expect(() => parseCql2Text(within(depth), 'cql2-text')).toThrow('more than 8 GeometryCollections');
});
