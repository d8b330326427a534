import { createReadStream } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { iomAccuracyMetres } from '../../src/features/incidents/import/iom.accuracy.ts';
import { NewIncident } from '../../src/features/incidents/incident.content.ts';
import { csv, featureOf, propertiesOf, read, reasonOf, row } from '../support/import.lines.ts';

describe('iom-missing-migrants', () => {
  const readFixture = () =>
    read(
      createReadStream(new URL('../fixtures/iom-missing-migrants.csv', import.meta.url)),
      'iom-missing-migrants',
    );

  test('a row becomes a distress incident', async () => {
    const [line] = await readFixture();
    expect(line).toEqual({
      line: 2,
      feature: {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [12.654321, 33.123456] },
        properties: {
          kind: 'distress',
          severity: 'severe',
          certainty: 'likely',
          nature: 'actual',
          occurredAt: '1901-02-03T00:00:00Z',
          occurredUntil: '1901-02-03T23:59:59Z',
          horizontalAccuracyMetres: 60_000,
          placeText: 'Off the coast of Madeuptown, Libya',
          description: 'Cause: Drowning. Route: Invented route.',
          counts: { best: 5, low: 5 },
          source: 'IOM Missing Migrants Project (CC BY 4.0)',
          externalId: '1901.MADEUP0001',
          tlp: 'CLEAR',
        },
      },
    });
  });

  test('every row is read or has a reason, and the result passes the incident check', async () => {
    const lines = await readFixture();
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(lines.map(reasonOf).filter(Boolean)).toEqual([
      'Incident date is empty.',
      'Incident date is in the future.',
      'Latitude is empty.',
      'No. missing is not a number of people.',
      'Incident date and incident_date_precision do not name a day, a month or a year.',
    ]);
    for (const line of lines.slice(0, 5))
      expect(NewIncident.safeParse(featureOf(line)).error).toBeUndefined();
  });

  test('survivors count as in distress; unknown numbers are absent', async () => {
    const lines = (await readFixture()).slice(0, 5);
    expect(lines.map((line) => propertiesOf(line).counts)).toEqual([
      { best: 5, low: 5 },
      undefined,
      { best: 42, low: 12 },
      { best: 7, low: 0 },
      { best: 1, low: 1 },
    ]);
    expect(lines.map((line) => propertiesOf(line).severity)).toEqual([
      'severe',
      'severe',
      'extreme',
      'moderate',
      'severe',
    ]);
  });

  test('a date of a month or a year lasts that long', async () => {
    const periods = (await readFixture()).slice(3, 5).map((line) => {
      const { occurredAt, occurredUntil } = propertiesOf(line);
      return [occurredAt, occurredUntil];
    });
    expect(periods).toEqual([
      ['1901-02-01T00:00:00Z', '1901-02-28T23:59:59Z'],
      ['1901-01-01T00:00:00Z', '1901-12-31T23:59:59Z'],
    ]);
  });

  test('a row of several incidents has one identifier and the certainty of its weakest source', async () => {
    const { externalId, certainty } = propertiesOf((await readFixture())[2]);
    expect([externalId, certainty]).toEqual(['1901.MADEUP0003/1901.MADEUP0004', 'likely']);
  });

  test('a long list of identifiers and a long place are shortened to the limits of an incident', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `1901.MADEUP${1000 + index}`).join();
    const place = `Off Madeuptown, ${'far away, '.repeat(40)}`;
    const header = 'Incident ID,Incident date,incident_date_precision,No. dead,No. missing,No. survivors,';
    const rest = 'Cause of death (category),Route,Location of death,Source Quality,Latitude,Longitude';
    const text = `${header}${rest}\n"${ids}",1901-01-01,day,1,0,0,NA,NA,"${place}",3,33.1,12.2\n`;
    const { externalId, placeText, description } = propertiesOf(
      (await read(text, 'iom-missing-migrants'))[0],
    );
    expect(externalId).toBe('1901.MADEUP1000/1901.MADEUP1011#12');
    expect(placeText).toMatch(/^Off Madeuptown, far away.*far away?,?…$/);
    expect(String(placeText).length).toBeLessThanOrEqual(200);
    expect(description).toBeUndefined();
  });

  test('another CSV is a fault of the whole file', async () => {
    await expect(read(csv(row('a')), 'iom-missing-migrants')).rejects.toThrow(
      /lacks the column "Incident ID"/,
    );
  });

  test.each([
    ['Madeuptown, Libya', 30_000],
    ['Madeupdune island, Tunisia', 30_000],
    ['Séguinvented, Niger', 30_000],
    ['Remains washed ashore at Madeuptown beach, Libya', 30_000],
    ['Madeuptown, Niger - on the way to Libya', 30_000],
    ['Madeuptown, Niger en route from the border', 30_000],
    ['Off the coast of Madeuptown, Libya', 60_000],
    ['20 miles north of Madeuptown, Libya', 60_000],
    ['Near Madeuptown, Libya', 60_000],
    ['Unspecified location off Madeuptown, Libya', 100_000],
    ['Unspecifed location in Madeuptown, Libya', 100_000],
    ['Between Madeuptown and Inventedville, Libya', 200_000],
    ['Sahara Desert, between Madeuptown, Niger and Inventedville, Libya', 200_000],
    ['Hospital in Madeuptown, after being rescued off the coast of Libya', 200_000],
    ['Unspecified location, Libya', 300_000],
    ['Off the coast of Libya - boat departed from Madeuptown', 300_000],
    ['Libyan Coast', 300_000],
    ['18 nautical miles from the Libyan coast', 300_000],
    ['', 300_000],
    ['Off the coast of Libya (see coordinates for exact location)', 5_000],
    ['Body spotted in position 34º15N 012º25E', 5_000],
    ['Rescued at 34.266700, 11.616700', 5_000],
    ['Boat intercepted at 33 18 N 012 44 E', 5_000],
    ['Off Madeuptown, last known position 33.483, 12.683', 60_000],
    ['Off Madeuptown, boat departed on 09.11.2020', 200_000],
  ])('the place "%s" is known to %i m', (locationOfDeath, metres) => {
    expect(iomAccuracyMetres({ locationOfDeath, longitude: '12.345678', latitude: '33.345678' })).toBe(
      metres,
    );
  });

  test.each([
    ['12', '33.3456', 55_500],
    ['12.3', '33.3456', 5_550],
    ['12.34', '33.3456', 5_000],
  ])('%s degrees are as accurate as their digits', (longitude, latitude, metres) => {
    expect(iomAccuracyMetres({ locationOfDeath: 'see coordinates', longitude, latitude })).toBe(metres);
  });
});
