import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Mgrs, { LatLon } from 'geodesy/mgrs.js';
import { readPlace } from '../../console/report/place.text.ts';

const point = (lat: number, lon: number, form = 'degrees') => ({
  form,
  lat: expect.closeTo(lat, 4),
  lon: expect.closeTo(lon, 4),
});

describe('a place as people write it', () => {
  test.each([
    ['33.8815, 8.1234', 33.8815, 8.1234],
    ['33.8815 8.1234', 33.8815, 8.1234],
    ['33.8815,8.1234', 33.8815, 8.1234],
    ['33,8815 8,1234', 33.8815, 8.1234],
    ['33,8815; 8,1234', 33.8815, 8.1234],
    ['33,8815, 8,1234', 33.8815, 8.1234],
    ['33,8815 N 8,1234 E', 33.8815, 8.1234],
    ['33.8815N, 8.1234E', 33.8815, 8.1234],
    ['8.1234 E 33.8815 N', 33.8815, 8.1234],
    ['N33.8815 E008.1234', 33.8815, 8.1234],
    ["N 33° 52.89', E 8° 7.404'", 33.8815, 8.1234],
    ['33°52\'53.4"N 8°07\'24.24"E', 33.8815, 8.1234],
    ['33° 52′ 53,4″ N, 8° 07′ 24,24″ E', 33.8815, 8.1234],
    ['33 52 53.4 8 7 24.24', 33.8815, 8.1234],
    ['33 52 53.4N 8 7 24.24E', 33.8815, 8.1234],
    ["36°54'N 1°30'O", 36.9, -1.5],
    ['lat 33.8815 lon 8.1234', 33.8815, 8.1234],
    ['lat: 33.8815, lon: 8.1234', 33.8815, 8.1234],
    ['٣٣٫٨٨١٥، ٨٫١٢٣٤', 33.8815, 8.1234],
    ['33.8815 شمالا 8.1234 شرقا', 33.8815, 8.1234],
    ['33.8815° nord, 8.1234° est', 33.8815, 8.1234],
    ['-33.8815, -8.1234', -33.8815, -8.1234],
  ])('%s', (text, lat, lon) => {
    expect(readPlace(text)).toEqual(point(lat, lon));
  });

  test.each([
    ['km 412 of DZA-TUN', 412, 'DZA-TUN'],
    ['km 412 DZA-TUN', 412, 'DZA-TUN'],
    ['PK 412 DZA-TUN', 412, 'DZA-TUN'],
    ['PK 412,5 de DZA-TUN', 412.5, 'DZA-TUN'],
    ['PK 412+300 TUN-DZA', 412.3, 'DZA-TUN'],
    ['كم 412 من LBY-TUN', 412, 'LBY-TUN'],
    ['«كم ٤١٢ DZA-LBY»'.replace(/[«»]/g, ''), 412, 'DZA-LBY'],
    ['dza-tun km 412', 412, 'DZA-TUN'],
    ['DZA-TUN 412', 412, 'DZA-TUN'],
  ])('%s', (text, km, border) => {
    expect(readPlace(text)).toEqual({ form: 'km', km, border });
  });

  test.each([
    ['32S MC 28000 15000', 33.572258, 8.224215, 'mgrs'],
    ['32SMC2800015000', 33.572258, 8.224215, 'mgrs'],
    ['mgrs 32s mc 28000 15000', 33.572258, 8.224215, 'mgrs'],
    ['32S 428000 3715000', 33.572258, 8.224215, 'utm'],
    ['UTM 32N 428000mE 3715000mN', 33.572258, 8.224215, 'utm'],
    ['32 N 428000 E, 3715000 N', 33.572258, 8.224215, 'utm'],
  ])('%s', (text, lat, lon, form) => {
    expect(readPlace(text)).toMatchObject(point(lat, lon, form));
  });

  test.each([
    '',
    'Bouchebka',
    '33.88',
    '95.1, 8.2',
    '33.8, 200',
    "33°61' 8°10'",
    '33N 34N',
    '32SMC281',
    'km 412',
    'km 412 DZA-MAR',
    '1 2 3 4 5',
    '<img src=x>',
  ])('not understood: %s', (text) => {
    expect(readPlace(text)).toBeUndefined();
  });

  const lat = fc.double({ min: -80, max: 83.9, noNaN: true });
  const lon = fc.double({ min: -179.9, max: 179.9, noNaN: true });

  test('any place comes back from each form that it is written in', () => {
    fc.assert(
      fc.property(lat, lon, (lat, lon) => {
        const forms = [
          `${lat.toFixed(6)}, ${lon.toFixed(6)}`,
          `${lat.toFixed(6)} ${lon.toFixed(6)}`,
          `${lat.toFixed(6)}; ${lon.toFixed(6)}`.replace(/\./g, ','),
          `${Math.abs(lon).toFixed(6)}${lon < 0 ? 'W' : 'E'} ${Math.abs(lat).toFixed(6)}${lat < 0 ? 'S' : 'N'}`,
          `${dms(lat, 'N', 'S')} ${dms(lon, 'E', 'W')}`,
        ];
        for (const text of forms) expect({ text, ...readPlace(text) }).toEqual({ text, ...point(lat, lon) });
      }),
    );
  });

  // beyond it the library has no bands
  const northern = fc.double({ min: 0, max: 79, noNaN: true });
  test('MGRS comes back within its square', () => {
    fc.assert(
      fc.property(northern, lon, fc.constantFrom(4, 6, 8, 10), (lat, lon, digits) => {
        const text = new LatLon(lat, lon).toUtm().toMgrs().toString(digits);
        const found = readPlace(text) as { lat: number; lon: number; accuracyMetres: number };
        const metres =
          Math.hypot(found.lat - lat, (found.lon - lon) * Math.cos((lat * Math.PI) / 180)) * 111_300;
        expect(metres).toBeLessThan(found.accuracyMetres * 1.1 + 2);
        expect(readPlace(Mgrs.parse(text).toString(digits))).toEqual(found);
      }),
    );
  });

  test('no text breaks it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: fc.constantFrom(...'0123456789.,;°\'"NSEWkmDZA-TUN ') }),
        ),
        (text) => {
          const place = readPlace(text);
          if (place && place.form !== 'km') expect(Math.abs(place.lat)).toBeLessThanOrEqual(90);
        },
      ),
    );
  });
});

function dms(value: number, plus: string, minus: string): string {
  const seconds = Math.abs(value) * 3600;
  const whole = Math.min(Math.floor(seconds / 60) * 60, seconds);
  const degrees = Math.floor(whole / 3600);
  const minutes = Math.floor((whole - degrees * 3600) / 60);
  const rest = Math.min(59.999, seconds - degrees * 3600 - minutes * 60);
  return `${degrees}°${minutes}'${rest.toFixed(3)}"${value < 0 ? minus : plus}`;
}
