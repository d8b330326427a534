import { expect, test } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { IMPACT_LEVELS } from '../../src/features/borders/border.schema.ts';
import { CrossingState } from '../../src/features/crossings/status.schema.ts';
import { INCIDENT_KINDS, SEVERITIES } from '../../src/features/incidents/incident.vocabulary.ts';
import { ZONE_KINDS } from '../../src/features/zones/zone.schema.ts';
import {
  INCIDENT_SYMBOLS,
  KIND_SIGNS,
  plateSvg,
  symbolName,
  symbolSvg,
} from '../../src/ogc/symbols/incident.symbol.ts';
import {
  CROSSING_COLOURS,
  IMPACT_COLOURS,
  SEVERITY_COLOURS,
  ZONE_COLOURS,
} from '../../src/ogc/symbols/symbol.palette.ts';

test('every kind has a sign, and every severity, impact level and kind of zone a colour', () => {
  expect(Object.keys(KIND_SIGNS)).toEqual(INCIDENT_KINDS);
  expect(Object.keys(SEVERITY_COLOURS)).toEqual(SEVERITIES);
  expect(Object.keys(IMPACT_COLOURS)).toEqual(IMPACT_LEVELS);
  expect(Object.keys(ZONE_COLOURS)).toEqual(ZONE_KINDS);
  expect(Object.keys(CROSSING_COLOURS)).toEqual(CrossingState.options);
});

test('each severity has a shape of its own, not only a colour', () => {
  const shapes = SEVERITIES.map((severity) =>
    plateSvg({ severity, isClosed: false, isExercise: false }).replaceAll(/#[0-9a-f]{6}/g, ''),
  );
  expect(new Set(shapes.map((shape) => shape.match(/[MLz]|<circle/g)!.join(''))).size).toBe(
    SEVERITIES.length,
  );
});

test('each kind, severity, open or closed, actual or exercise, has a picture of its own', () => {
  const pictures = INCIDENT_SYMBOLS.map(symbolSvg);
  expect(new Set(INCIDENT_SYMBOLS.map(symbolName)).size).toBe(INCIDENT_KINDS.length * SEVERITIES.length * 4);
  expect(new Set(pictures).size).toBe(pictures.length);
  for (const picture of pictures) expect(XMLValidator.validate(picture)).toBe(true);
});
