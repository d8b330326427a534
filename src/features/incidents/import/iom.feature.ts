import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { isDecimal, type RowReader } from './csv.table.ts';
import { incidentFeature } from './import.feature.ts';
import { ImportFault } from './import.line.ts';
import { iomAccuracyMetres } from './iom.accuracy.ts';
import { periodOf } from './iom.period.ts';

const COLUMNS = [
  'Incident ID',
  'Incident date',
  'incident_date_precision',
  'No. dead',
  'No. missing',
  'No. survivors',
  'Cause of death (category)',
  'Route',
  'Location of death',
  'Source Quality',
  'Latitude',
  'Longitude',
] as const;

const REQUIRED = ['Incident ID', 'Incident date', 'Latitude', 'Longitude'] as const;
const POSITION = ['Longitude', 'Latitude'] as const;
const COUNTS = ['No. dead', 'No. missing', 'No. survivors'] as const;
const WHOLE_NUMBER = /^\d{1,6}$/;

type IomColumn = (typeof COLUMNS)[number];
type Cell = (name: IomColumn) => string | undefined;

const SOURCE = 'IOM Missing Migrants Project (CC BY 4.0)';
const LONGEST_PLACE = 200; // characters
const LONGEST_ID = 120; // characters
const EXTREME_FROM = 10; // dead and missing

// 1: one news report, 2: uncorroborated eyewitnesses or a survey, 3: several news reports, 4: an organisation with direct
// knowledge, 5: officials or several organisations. A row that merges several incidents has their digits concatenated.
const CERTAINTY_OF_QUALITY: Record<string, string> = {
  1: 'possible',
  2: 'possible',
  3: 'likely',
  4: 'likely',
  5: 'observed',
};

/** Reads rows of the IOM Missing Migrants Project as `distress`. Other columns are ignored. */
export function iomRowReader(header: string[], now = new Date()): RowReader {
  const missing = COLUMNS.find((name) => !header.includes(name));
  if (missing) throw new ImportFault(message('header-not-iom', { column: missing }));
  const index = new Map(header.map((name, at) => [name, at]));
  return (cells) => {
    const cell: Cell = (name) => {
      const text = cells[index.get(name)!]!.trim();
      return text === '' || text === 'NA' ? undefined : text;
    };
    const fault = faultOf(cell, now);
    return fault === undefined ? { feature: featureOf(cell) } : { fault };
  };
}

function faultOf(cell: Cell, now: Date): Message | undefined {
  const lacking = REQUIRED.find((name) => cell(name) === undefined);
  if (lacking) return message('cell-empty', { column: lacking });
  const unreadable = POSITION.find((name) => !isDecimal(cell(name)!));
  if (unreadable) return message('cell-not-number', { column: unreadable });
  const miscounted = COUNTS.find((name) => !WHOLE_NUMBER.test(cell(name) ?? '0'));
  if (miscounted) return message('cell-not-people', { column: miscounted });
  const period = periodOfRow(cell);
  if (!period) return message('iom-date');
  return Date.parse(period.from) > now.getTime() ? message('iom-date-ahead') : undefined;
}

const periodOfRow = (cell: Cell) =>
  periodOf(cell('Incident date')!, cell('incident_date_precision') ?? 'day');

function featureOf(cell: Cell) {
  const period = periodOfRow(cell)!;
  const [longitude, latitude] = POSITION.map((name) => cell(name)!) as [string, string];
  const locationOfDeath = cell('Location of death') ?? '';
  const lost = sumOf(cell('No. dead'), cell('No. missing'));
  return incidentFeature({
    coordinates: [Number(longitude), Number(latitude)],
    counts: countsOf(lost, cell('No. survivors')),
    properties: {
      kind: 'distress',
      severity: severityOf(lost),
      certainty: certaintyOf(cell('Source Quality')),
      nature: 'actual',
      occurredAt: period.from,
      occurredUntil: period.until,
      horizontalAccuracyMetres: iomAccuracyMetres({ locationOfDeath, longitude, latitude }),
      placeText: shorten(locationOfDeath, LONGEST_PLACE),
      description: descriptionOf(cell),
      source: SOURCE,
      externalId: externalIdOf(cell('Incident ID')!),
      tlp: 'CLEAR',
    },
  });
}

// The count of a distress incident includes everybody at risk, so the survivors too. Known dead and missing are the low
// estimate. There is no high estimate: IOM counts the missing at least.
function countsOf(lost: number | undefined, survivors: string | undefined) {
  return { best: sumOf(lost, survivors), low: lost };
}

/** The sum of the known numbers; undefined if neither is known. */
function sumOf(one: number | string | undefined, other: string | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : Number(one ?? 0) + Number(other ?? 0);
}

// IOM lists only incidents with dead or missing, so an unknown number is not zero.
function severityOf(lost = 1): string {
  if (lost >= EXTREME_FROM) return 'extreme';
  return lost > 0 ? 'severe' : 'moderate';
}

function certaintyOf(qualities = ''): string {
  const weakest = [...qualities].sort()[0] ?? '';
  return CERTAINTY_OF_QUALITY[weakest] ?? 'possible';
}

function descriptionOf(cell: Cell): string | undefined {
  const cause = cell('Cause of death (category)');
  const route = cell('Route');
  return [cause && `Cause: ${cause}.`, route && `Route: ${route}.`].filter(Boolean).join(' ') || undefined;
}

/** A row that merges several incidents lists all ids; a list too long for an identifier is shortened to its ends. */
function externalIdOf(incidentIds: string): string {
  const ids = incidentIds.split(',').map((id) => id.trim());
  const all = ids.join('/');
  return all.length <= LONGEST_ID ? all : `${ids[0]}/${ids.at(-1)}#${ids.length}`;
}

/** Cuts at the end of a word. */
function shorten(text: string, longest: number): string | undefined {
  if (text.length <= longest) return text || undefined;
  const words = text.slice(0, longest - 1);
  return `${words.slice(0, Math.max(words.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}
