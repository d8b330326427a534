import { describe, expect, test } from '@jest/globals';
import { valuesOf } from '../../src/core/vocabulary.ts';
import { type AlertFacts, alertMessage } from '../../src/exchange/cap/cap.alert.ts';
import { type IncidentFacts, incidentMessage } from '../../src/exchange/cap/cap.incident.ts';
import { writeCap } from '../../src/exchange/cap/cap.message.ts';
import {
  CERTAINTIES,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  NATURES,
  SEVERITIES,
} from '../../src/features/incidents/incident.vocabulary.ts';
import { capErrors, parametersOf } from '../support/cap.ts';
import { randomNumbers } from '../support/random.ts';
import { countRuns, samples } from '../support/runs.ts';
import { parseXml } from '../support/xml.ts';

const MANY = samples(400, 60);
// what breaks XML that is put together carelessly
const PIECES = [
  ...[
    '&',
    '<',
    '>',
    '"',
    "'",
    ']]>',
    '<![CDATA[',
    '&amp;',
    '&#0;',
    '<!--',
    '-->',
    '<?xml?>',
    '</alert>',
    '%',
    '\\',
  ],
  ...[
    '\u0000',
    '\u0001',
    '\u0008',
    '\u000b',
    '\u001f',
    '\u007f',
    '\u0085',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
  ],
  ...['\t', '\n', '\r', '\r\n', ' ', '\u00a0', '\u200f', '\u202e', '\u2028', '\ufeff'],
  ...['حريق', 'é', '⛽', '👩‍🚒', '𝔘', '中', 'km', '7', 'fuel', ', '],
];
const TIMES = [
  '2026-02-01T06:30:00Z',
  '2026-02-01T06:30:00.123456Z',
  '1999-12-31T23:59:59.999Z',
  '2090-01-01T00:00:00Z',
];
const NAMES = [{ en: 'Customs', fr: 'Douanes', ar: 'الجمارك' }, { en: 'Customs & <Excise>' }];

function randomFacts(seed: number) {
  const random = randomNumbers(seed + 1);
  for (let n = 0; n < 5; n++) random(); // the first ones of near seeds are near each other
  const below = (most: number) => Math.floor(random() * most);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const maybe = <T>(value: T): T | null => (random() < 0.7 ? value : null);
  const text = () => Array.from({ length: below(40) }, () => one(PIECES)).join('');
  const place = {
    lon: Number((random() * 360 - 180).toFixed(one([0, 3, 6]))),
    lat: Number((random() * 180 - 90).toFixed(one([0, 3, 6]))),
    horizontalAccuracyMetres: one([0, 0.4, 1, 100, 12_345.678, 500_000]),
    borderNames: maybe(one(NAMES)),
    borderKm: maybe(Number((random() * 1000).toFixed(3))),
    segmentNames: maybe(one(NAMES)),
    crossingNames: maybe(one(NAMES)),
  };
  const common = {
    ...place,
    kind: one(INCIDENT_KINDS),
    severity: one(SEVERITIES),
    certainty: one(CERTAINTIES),
    nature: one(NATURES),
    occurredAt: one(TIMES),
    border: maybe('DZA-TUN'),
    segment: maybe('DZA-TUN-07'),
  };
  const incident: IncidentFacts = {
    ...common,
    id: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
    revision: one([1, 2, 77]),
    state: one(INCIDENT_STATES),
    occurredUntil: maybe(one(TIMES)),
    reportedAt: one(TIMES),
    updatedAt: one(TIMES),
    placeText: maybe(text()),
    description: maybe(text()),
    countsBest: maybe(below(1000)),
    countsLow: maybe(0),
    countsHigh: maybe(1_000_000),
    owner: one(['DZA', 'LBY', 'TUN']),
    agency: 'tun-douane',
    agencyNames: one(NAMES),
    tlp: one(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const),
    releasableTo: one([[], ['LBY'], ['DZA', 'LBY']]),
    country: one(['DZA', 'LBY', 'TUN', 'undetermined', null]),
    distanceToBorderMetres: maybe(12.3),
    accessNote: maybe(text()),
  };
  const alert: AlertFacts = {
    ...common,
    id: '5f0c1b52-9f5e-4c1e-9f5e-2b8f4a1d7c10',
    agency: 'dza-douanes',
    trigger: 'enter',
    triggers: [one(valuesOf('trigger')), 'enter'],
    subscriptions: one([[], ['5f0c1b52-9f5e-4c1e-9f5e-2b8f4a1d7c11']]),
    incident: maybe(incident.id),
    notice: maybe('5f0c1b52-9f5e-4c1e-9f5e-2b8f4a1d7c12'),
    at: one(TIMES),
    severity: maybe(common.severity),
    certainty: maybe(common.certainty),
    incidentCount: maybe(below(99)),
    dueAt: maybe(one(TIMES)),
    firstAt: one(TIMES),
    updatedAt: one(TIMES),
    revision: one([1, 2, 77]),
  };
  return { incident, alert };
}

const all = Array.from({ length: MANY }, (_, seed) => randomFacts(seed));
const incidentXml = ({ incident }: (typeof all)[number]) =>
  writeCap(
    incidentMessage(incident, {
      host: 'border.example',
      web: 'https://border.example/v1',
      exercise: undefined,
    }),
  );
const alertXml = ({ alert }: (typeof all)[number]) =>
  writeCap(alertMessage(alert, { host: 'border.example', web: undefined, exercise: undefined }));

/** What is left of a text in XML: no characters that it cannot hold, and ends of lines as one (XML 1.0 §2.2, §2.11). */
const inXml = (text: string) =>
  [...text]
    .filter((c) => {
      const code = c.codePointAt(0)!;
      return code > 0x1f
        ? !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
        : '\t\n\r'.includes(c);
    })
    .join('')
    .replace(/\r\n?/g, '\n');

describe(`of ${MANY} incidents and alerts of every kind, label and text`, () => {
  test('each is valid CAP', async () => {
    expect(await capErrors(...all.map(incidentXml))).toEqual([]);
    expect(await capErrors(...all.map(alertXml))).toEqual([]);
    countRuns(all.length);
  }, 60_000);

  test('each has the parts of the texts that XML can represent', () => {
    for (const one of all) {
      const { alert } = parseXml(incidentXml(one));
      const { description, placeText } = one.incident;
      const written = inXml(description || placeText || '');
      for (const info of alert.info) expect(inXml(info.description ?? '')).toBe(written);
    }
    countRuns(all.length);
  });

  // CAP 1.2 §3.2: no spaces, commas, < or & in identifiers; what `references` names is told apart by spaces and commas
  test("each has identifiers and places in CAP's form", () => {
    for (const one of all)
      for (const text of [incidentXml(one), alertXml(one)]) {
        const { alert } = parseXml(text);
        expect(alert.identifier).toMatch(/^[\w.-]+$/);
        expect(alert.sender).toMatch(/^[\w.-]+@[\w.-]+$/);
        expect(alert.references === undefined).toBe(/\.1$/.test(alert.identifier));
        if (alert.references) expect(alert.references).toMatch(/^[^ ,]+,[^ ,]+\.1,[\dT:-]+$/);
        expect(alert.restriction === undefined).toBe(alert.scope !== 'Restricted');
        expect(alert.addresses === undefined).toBe(alert.scope !== 'Private');
        for (const { area, headline, parameter } of alert.info) {
          const [, lat, lon, radius] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/.exec(
            area.circle,
          )!;
          expect([Number(lat), Number(lon)]).toEqual([one.incident.lat, one.incident.lon]);
          expect(Number(radius)).toBeCloseTo(one.incident.horizontalAccuracyMetres / 1000, 3);
          expect([...headline].length).toBeLessThanOrEqual(160);
          expect(Object.keys(parametersOf({ parameter })).length).toBe(parameter.length);
        }
      }
    countRuns(all.length);
  });
});
