import { describe, expect, test } from '@jest/globals';
import { Bbox } from '../../src/geometry/bbox.parse.ts';
import { firstIssue } from '../support/issues.ts';

describe('bbox', () => {
  test.each([
    ['8,33,9,34', { west: 8, south: 33, east: 9, north: 34 }],
    [' 8 , 33.5, 9,+34', { west: 8, south: 33.5, east: 9, north: 34 }],
    ['8,33,-100,9,34,5000', { west: 8, south: 33, east: 9, north: 34 }],
    ['170,-10,-170,10', { west: 170, south: -10, east: -170, north: 10 }],
    ['-180,-90,180,90', { west: -180, south: -90, east: 180, north: 90 }],
    ['8.,.5,8.,.5', { west: 8, south: 0.5, east: 8, north: 0.5 }],
    ['1e1,1E-1,1.5e1,2', { west: 10, south: 0.1, east: 15, north: 2 }],
  ])('%p is understood', (text, box) => {
    expect(Bbox.parse(text)).toEqual(box);
  });

  test.each([
    ['181,0,1,1', 'bbox west: longitude must be a number of degrees from -180 to 180, not 181'],
    ['0,-90.0001,1,1', 'bbox south: latitude must be a number of degrees from -90 to 90, not -90.0001'],
    ['0,0,1e400,1', 'bbox east: longitude must be a number of degrees from -180 to 180, not "1e400"'],
    ['0,0,1,NaN', 'bbox north: latitude must be a number of degrees from -90 to 90, not "NaN"'],
    ['Infinity,0,1,1', 'not "Infinity"'],
    ['0x10,0,1,1', 'not "0x10"'],
    ['0,,1,1', 'bbox south: latitude must be a number of degrees from -90 to 90, not ""'],
    ['0,5,1,4', 'bbox: south 5 is greater than north 4'],
    ['0,0,deep,1,1,9', 'bbox lowest: a height must be a number, not "deep"'],
    ['1,2,3', 'bbox must be west,south,east,north, not "1,2,3"'],
    ['1,2,3,4,5', 'not "1,2,3,4,5"'],
    ['', 'not ""'],
    [',,,,', 'not ",,,,"'],
    [['1', '2', '3', '4'], 'bbox must be one text of four numbers, not a list of 4'],
  ])('%p is refused', (text, message) => {
    expect(firstIssue(Bbox.safeParse(text))?.message).toContain(message);
  });

  test('a megabyte of commas is refused', () => {
    expect(Bbox.safeParse(','.repeat(1_000_000)).success).toBe(false);
  });
});
