import type { Message, Say, Shown } from '../message.ts';
import { grouped, list, show } from './words.ts';

/** Files of incidents: faults of the whole file, then of a line. */
export const importing = {
  'format-unknown': ({ mediaType }: { mediaType: string }) =>
    `The format of ${mediaType} is unknown. Name it with ?format=.`,
  'file-empty': () => 'The file is empty. Line 1 should name the columns.',
  'header-unreadable': ({ fault }: { fault: Message }, say: Say) =>
    `Line 1 does not name the columns. ${say(fault)}`,
  'header-not-commas': () => 'The cells of this file are separated by semicolons or tabs. Use commas.',
  'header-column-twice': ({ column }: { column: Shown }) =>
    `The header names the column ${show(column)} twice.`,
  'header-column-unknown': ({ column, known }: { column: Shown; known: readonly string[] }) =>
    `The header names the unknown column ${show(column)}. The columns are ${list(known)}.`,
  'header-column-missing': ({ column, known }: { column: string; known: readonly string[] }) =>
    `The header does not name the column ${show(column)}. The columns are ${list(known)}.`,
  'header-not-iom': ({ column }: { column: string }) =>
    `The header lacks the column ${show(column)} of the IOM Missing Migrants CSV.`,
  'features-not-array': () => 'The member "features" is not an array.',
  'not-features': () => 'This is not a FeatureCollection, a Feature or an array of features.',
  'crs-not-wgs84': ({ crs }: { crs: string }) =>
    `The coordinates are in ${crs}. Send longitude and latitude (CRS84).`,

  /** A line with faults of the input. */
  'line-invalid': ({ path, fault, more }: { path: string; fault: Message; more: number }, say: Say) =>
    `${path && `${path}: `}${say(fault)}${more > 0 ? ` (and ${more} more)` : ''}`,
  'distress-begins-open': () =>
    'a new incident of kind distress cannot be closed: import it as open, and state its outcome',
  'id-of-other': () => 'it is taken by another incident',
  'line-of-other-world': ({ named, world }: { named: Shown; world: string }) =>
    `the line is of the world ${show(named)}, and this is ${world}. Import it there${world === 'actual' ? '' : ', or leave "world" out'}`,
  'line-too-long': ({ most }: { most: number }) => `This line is longer than ${grouped(most)} characters.`,
  'line-not-utf8': () => 'This line is not UTF-8 text.',
  'line-not-json': () => 'This is not valid JSON.',
  'line-breaks-off': ({
    line,
    column,
    reason,
  }: {
    line: number | undefined;
    column: number;
    reason: string;
  }) =>
    `This is not valid JSON from column ${column}${line === undefined ? '' : ` of its line ${line}`} on: ${reason}`,

  'quote-stray': () =>
    'A quote stands where none may stand: put the whole cell in quotes, and double each quote inside it.',
  'quote-too-long': ({ kilobytes }: { kilobytes: number }) =>
    `A quote opens here and does not close within ${kilobytes} kB.`,
  'quote-unclosed': () => 'A quote opens here and does not close before the end of the file.',
  'quote-before-fault': () => 'A quote opens here, and a line after it cannot be read.',
  'quote-wrong-width': () =>
    'A quote opens here and closes on a later line, where the number of cells differs from the header.',
  'cells-wrong-number': ({ cells, columns }: { cells: number; columns: number }) =>
    `There are ${cells} cells here, and ${columns} columns in the header.`,
  'cells-wrong': ({ notNumbers, empty }: { notNumbers: readonly string[]; empty: readonly string[] }) =>
    `${[...notNumbers.map((name) => `${name} is not a number`), ...empty.map((name) => `${name} is empty`)].join(', ')}.`,
  'cell-empty': ({ column }: { column: string }) => `${column} is empty.`,
  'cell-not-number': ({ column }: { column: string }) => `${column} is not a number.`,
  'cell-not-people': ({ column }: { column: string }) => `${column} is not a number of people.`,
  'iom-date': () => 'Incident date and incident_date_precision do not name a day, a month or a year.',
  'iom-date-ahead': () => 'Incident date is in the future.',

  'feature-too-large': ({ most }: { most: number }) =>
    `This feature is larger than ${grouped(most)} characters.`,
  'feature-too-long': ({ most }: { most: number }) =>
    `This feature is longer than ${grouped(most)} characters.`,
  'feature-too-deep': ({ levels }: { levels: number }) =>
    `This feature is nested deeper than ${levels} levels.`,
  'feature-not-utf8': () => 'This feature is not UTF-8 text.',
  'feature-bad-name': () => 'A member may not be called "__proto__".',
  'document-too-deep': ({ levels }: { levels: number }) =>
    `The JSON is nested deeper than ${levels} levels. Reading stopped here.`,
  'text-too-long': ({ most }: { most: number }) =>
    `A text of more than ${grouped(most)} characters stands here. Reading stopped here.`,
  'document-breaks-off': ({ reason }: { reason: string }) => `The JSON breaks off here: ${reason}.`,
};
