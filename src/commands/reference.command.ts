import { readFile } from 'node:fs/promises';

interface ReferenceOptions {
  key: string;
  url: string;
  preview?: boolean;
  source?: string;
  reason?: string;
  validFrom?: string;
  collection?: string;
}

interface FileFeature {
  type: string;
  collection?: string;
  id?: string;
  geometry?: unknown;
  properties?: Record<string, unknown> | null;
  removed?: boolean;
}

interface ChangedRow {
  collection: string;
  id: string;
  change: 'add' | 'change' | 'remove';
  movedMetres?: number;
  properties: Record<string, { from: unknown; to: unknown }>;
}

interface ShownPreview {
  changes: ChangedRow[];
  incidents: Record<'placedAgain' | 'otherCountry' | 'otherSegment' | 'otherChainage', number>;
  zones: { id: string }[];
  mandates: { id: string; scopeId: string }[];
}

interface SentCorrection {
  id: string;
  state: string;
  participants: string[];
  proposal: string | null;
}

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Members of layers that the service works out, or that a correction does not change. */
const WORKED_OUT: Record<string, readonly string[]> = {
  borders: ['code', 'countries', 'lengthKm', 'otherPublishedLengths', 'legalBasis'],
  segments: ['border', 'sequence', 'impactLevel'],
  crossings: ['segment', 'borderKm', 'sides', 'status', 'state', 'countries', 'border'],
  sides: [],
};
const LISTS = ['unverifiedItems', 'aliases', 'alternatives'];
const OF_SIDES = /^(name|state)(Dza|Lby|Tun)$/;
const OF_ANY = ['id', 'validFrom', 'validTo', 'correction'];
const MOST_SHOWN = 40;

/** Shows what a file changes in the reference data, and sends it. */
export async function applyReference(file: string, options: ReferenceOptions): Promise<void> {
  const body = bodyOf(JSON.parse(await readFile(file, 'utf8')), options);
  showPreview(await post<ShownPreview>('/v1/corrections/preview', body, options));
  if (options.preview) return;
  const { id, state, participants, proposal } = await post<SentCorrection>('/v1/corrections', body, options);
  say(
    state === 'applied'
      ? `Applied as correction ${id}.`
      : `Proposed as correction ${id}. It is applied when coordinators of ${participants.join(' and ')} approve the proposal ${proposal}.`,
  );
}

function bodyOf(file: { features?: FileFeature[] } & Record<string, unknown>, options: ReferenceOptions) {
  if (!Array.isArray(file.features)) throw new Error('The file is no GeoJSON FeatureCollection.');
  const { source = file.source, reason = file.reason, validFrom = file.validFrom } = options;
  if (source === undefined) throw new Error('The file names no source. Add --source.');
  const features = file.features.map((feature) => featureOf(feature, options.collection));
  return { type: 'FeatureCollection', source, reason, validFrom, features };
}

/** A feature of the API, or of a layer that a GIS has saved: flat names, and members that are worked out. */
function featureOf({ type, id, geometry, removed, ...feature }: FileFeature, given: string | undefined) {
  const collection = feature.collection ?? given;
  if (collection === undefined || !(collection in WORKED_OUT))
    throw new Error('A feature names no collection. Add --collection borders, segments or crossings.');
  const { nameEn: en, nameFr: fr, nameAr: ar, ...properties } = feature.properties ?? {};
  const dropped = [...OF_ANY, ...WORKED_OUT[collection]!];
  const kept = Object.fromEntries(
    Object.entries(properties)
      .filter(([name, value]) => !dropped.includes(name) && !OF_SIDES.test(name) && value !== null)
      // layers have lists as text with commas
      .map(([name, value]) => [
        name,
        LISTS.includes(name) && typeof value === 'string' ? value.split(',') : value,
      ]),
  );
  return {
    type,
    collection,
    id: id ?? properties.id ?? properties.code,
    geometry: geometry ?? null,
    properties: {
      ...(en !== undefined && { names: { en, fr: fr ?? undefined, ar: ar ?? undefined } }),
      ...kept,
    },
    removed,
  };
}

async function post<T>(path: string, body: object, { key, url }: ReferenceOptions): Promise<T> {
  const answer = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/geo+json' },
    body: JSON.stringify(body),
  }).catch((error: Error) => {
    throw new Error(`The service at ${url} cannot be reached (${error.message}). Set --url.`);
  });
  const said = (await answer.json()) as T & { detail?: string };
  if (!answer.ok) throw new Error(said.detail ?? `The service answered ${answer.status}.`);
  return said;
}

function showPreview({ changes, incidents, zones, mandates }: ShownPreview): void {
  for (const { collection, id, change, movedMetres, properties } of changes.slice(0, MOST_SHOWN)) {
    say(`${change} ${collection}/${id}${movedMetres ? `, moves ${movedMetres} m` : ''}`);
    if (change !== 'change') continue;
    for (const [name, { from, to }] of Object.entries(properties))
      say(`  ${name}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
  }
  if (changes.length > MOST_SHOWN) say(`… and ${changes.length - MOST_SHOWN} more rows`);
  const { placedAgain, otherCountry, otherSegment, otherChainage } = incidents;
  say(
    `${placedAgain} incidents placed again: ${otherCountry} in another country, ${otherSegment} at another segment, ${otherChainage} at another chainage`,
  );
  for (const { id } of zones)
    say(`The zone ${id} keeps its agreed area; propose a revision to derive it again.`);
  for (const { id, scopeId } of mandates) say(`The mandate ${id} is for ${scopeId}, which changes.`);
}
