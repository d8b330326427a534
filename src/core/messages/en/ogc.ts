import type { Shown } from '../message.ts';
import { list, show } from './words.ts';

/** Layers, tiles and files. */
export const ogc = {
  'layer-missing': ({ id, known }: { id: string; known: readonly string[] }) =>
    `There is no layer ${id}; there are ${list(known)}.`,
  'property-unknown': ({ name, known }: { name: Shown; known: readonly string[] }) =>
    `${show(name)} is not a property here; there are ${list(known)}`,
  'offset-too-deep': ({ most }: { most: number }) =>
    `must be at most ${most}: further on follow the \`next\` link of a page, which is as quick on each page and misses no feature`,
  'offset-twice': () => 'must equal offset, of which it is another name',
  'offset-of-file': () => 'is for pages of GeoJSON or HTML: this format holds the whole selection',
  'property-not-editable': ({ known }: { known: readonly string[] }) =>
    `is not known; there are ${list(known)}`,
  'crs-unknown': ({ uri, known }: { uri: string; known: readonly string[] }) =>
    `${uri} is not known; there are ${list(known)}`,
  'position-outside-crs': ({ x, y, srid, bounds: [minX, minY, maxX, maxY] }: OutsideRange) =>
    `[${show(x)}, ${show(y)}] lies outside EPSG:${srid}, which reaches from ${minX}, ${minY} to ${maxX}, ${maxY}`,
  'not-a-feature': () =>
    'must be "Feature": this adds a feature. Filters go into GET, as ?filter-lang=cql2-json&filter=…, or into POST …/search',

  'layer-without-tiles': ({ id, known }: { id: string; known: readonly string[] }) =>
    `The features of ${id} have no place, so there are no tiles of them. There are tiles of ${list(known)}.`,
  'tiles-missing': ({ id, known }: { id: string; known: readonly string[] }) =>
    `there are no tiles of ${show(id)}; there are of ${list(known)}`,
  'tile-matrix-missing': ({ matrix, most }: { matrix: number; most: number }) =>
    `There is no tile matrix ${matrix}; there are 0 to ${most}.`,
  'tile-missing': ({
    matrix,
    axis,
    number,
    most,
  }: {
    matrix: number;
    axis: 'row' | 'column';
    number: number;
    most: number;
  }) => `Tile matrix ${matrix} has no ${axis} ${number}; it has 0 to ${most}.`,
  'too-many-to-count': ({ layer, most, featuresFrom, answers }: TooMany) =>
    `This filter needs the ${layer} of this tile counted one by one, and there are more than ${most}. From zoom ${featuresFrom} on every filter works; before it these do, with whole days: ${list(answers)}.`,

  'sort-too-costly': ({ sorted, most }: { sorted: readonly string[]; most: number }) =>
    `More than ${most} features would have to be sorted. Ask for a smaller area with bbox or a filter, or sort by ${sorted.join(' or ')}.`,
  'too-many-for-index': ({ most }: { most: number }) =>
    `An indexed file holds at most ${most} features. Ask for less, or for all of it at once without Range.`,
  'files-away': () => 'The process that keeps the files is not running at the moment.',
  'too-many-files': () => 'Too many files are being made at the moment.',
  'file-outdated': () =>
    'A row of this file has been hidden or removed since the file was made. Ask again: the next file is a new one.',
  'file-version-gone': () =>
    'This version of the file is gone, because the data changed or a row was hidden. Download the file again from its beginning, at the address without version.',
  'no-room': () =>
    'The disk has no room for a file of this selection at the moment. Ask for less of it, or for f=csv or f=geojsonseq.',
};

type OutsideRange = { x: Shown; y: Shown; srid: number; bounds: readonly [number, number, number, number] };
type TooMany = { layer: string; most: number; featuresFrom: number; answers: readonly string[] };
