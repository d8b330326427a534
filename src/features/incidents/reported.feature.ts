import { withOffset } from '../../geometry/instant.schema.ts';
import { flatFields, incidentFields, reportedFields } from './incident.fields.ts';

type Members = Record<string, unknown>;

/** A line in the form of a new incident, still unchecked. */
export interface ReportedFeature {
  feature: unknown;
  state: unknown;
  /** Whether it has computed properties, as downloads have. */
  isExported: boolean;
  /** The world that the line names. */
  world: unknown;
}

const REPORTED = new Set(reportedFields.map(({ name }) => name));
/** Answers have these in addition. */
const OF_ANSWERS = ['zones', 'zoneRelation', 'distanceMetres'];
/** What the service decides, apart from the state, which reports may change. */
export const COMPUTED: readonly string[] = [
  ...flatFields.map(({ name }) => name).filter((name) => !REPORTED.has(name) && name !== 'state'),
  ...OF_ANSWERS,
];
const isComputed = new Set(COMPUTED);

const INSTANTS = new Set(reportedFields.filter(({ type }) => type === 'timestamptz').map(({ name }) => name));
const COUNTS = new Map(Object.entries(incidentFields.counts.columns).map(([part, { name }]) => [name, part]));

/**
 * Reads a feature of any answer or download of this service: nested or flat, with computed properties, which are ignored,
 * and with nulls, which stand for missing values.
 */
export function reportedIn(feature: unknown): ReportedFeature {
  if (!isObject(feature) || !isObject(feature.properties))
    return { feature, state: undefined, isExported: false, world: undefined };
  const { links: _, bbox: __, id, world, properties, ...members } = feature;
  const { state, id: flatId, world: flatWorld, ...given } = properties;
  const isExported = Object.keys(given).some((name) => isComputed.has(name));
  const said: Members = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null || isComputed.has(name)) continue;
    const part = COUNTS.get(name);
    if (part) said.counts = { ...(said.counts as object), [part]: value };
    else said[name] = readValue(name, value, isExported);
  }
  return {
    feature: { ...members, ...present('id', id ?? flatId), properties: said },
    state: state ?? undefined,
    isExported,
    world: world ?? flatWorld ?? undefined,
  };
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const present = (name: string, value: unknown): Members =>
  value === undefined || value === null ? {} : { [name]: value };

function readValue(name: string, value: unknown, isExported: boolean): unknown {
  if (typeof value !== 'string') return value;
  if (name === 'releasableTo') return listOf(value);
  return isExported && INSTANTS.has(name) ? withOffset(value) : value;
}

/** Layers have a comma between the countries, CSV files for imports a semicolon. */
const listOf = (text: string): string[] =>
  text
    .split(/[;,]/)
    .map((code) => code.trim())
    .filter(Boolean);
