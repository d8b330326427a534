import { message, textOf } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { type Token, valueBuilder } from './geojson.values.ts';
import { ImportFault, type ImportLine } from './import.line.ts';

const DEEPEST = 1000; // nesting levels; the parser keeps a stack
const CRS84 = /(?:CRS84|EPSG:{1,2}4326)$/;

/** The rest of the document cannot be read. */
export class ReadingStopped extends Error {
  readonly says: Message;
  constructor(says: Message) {
    super(textOf(says));
    this.says = says;
  }
}

/** Finds the features in the token stream of a FeatureCollection, an array of features or a single Feature. */
export function featureFinder() {
  const feature = valueBuilder();
  const document = valueBuilder(); // without its features
  let lines: ImportLine[] = [];
  let line = 0;
  let depth = 0;
  let listDepth = 0; // nesting level of features, while inside their array
  let hasList = false;
  let isInFeature = false;
  let member: unknown;

  function add(token: Token): void {
    const isEnd = token.name.startsWith('end');
    if (listDepth > 0 && depth === listDepth && !isEnd) beginFeature();
    if (token.name.startsWith('start')) depth += 1;
    if (isEnd) depth -= 1;
    if (depth > DEEPEST) throw new ReadingStopped(message('document-too-deep', { levels: DEEPEST }));
    if (isInFeature) addToFeature(token);
    else if (listDepth > 0) listDepth = 0;
    else addToDocument(token);
  }

  function beginFeature(): void {
    line += 1;
    isInFeature = true;
  }

  function addToFeature(token: Token): void {
    feature.add(token);
    if (depth > listDepth) return;
    lines.push({ line, ...feature.take() });
    isInFeature = false;
  }

  function addToDocument(token: Token): void {
    const isValue = token.name !== 'keyValue' && !token.name.startsWith('end');
    const mayBeList = depth === 1 || (depth === 2 && member === 'features');
    if (token.name === 'startArray' && mayBeList) beginList();
    else if (isValue && member === 'features') throw new ImportFault(message('features-not-array'));
    else document.add(token);
    if (token.name === 'keyValue' && depth === 1) member = token.value;
  }

  function beginList(): void {
    checkCrs(document.peek());
    hasList = true;
    listDepth = depth;
    document.add({ name: 'nullValue' }); // so that the member has a value
  }

  function take(): ImportLine[] {
    const taken = lines;
    lines = [];
    return taken;
  }

  function end(): ImportLine[] {
    if (hasList) return take();
    const read = document.take();
    if ('fault' in read || typeOf(read.feature) === 'Feature') return [{ line: 1, ...read }];
    throw new ImportFault(message('not-features'));
  }

  /** The number of the current feature, or else of the next one. */
  const current = (): number => (isInFeature ? line : line + 1);

  return { add, take, end, current };
}

const typeOf = (value: unknown): unknown => (value as { type?: unknown } | null)?.type;

// RFC 7946 has no `crs`, but older files do: projected coordinates must not be read as longitude and latitude.
function checkCrs(document: unknown): void {
  const name = (document as { crs?: { properties?: { name?: unknown } } } | null)?.crs?.properties?.name;
  if (typeof name !== 'string' || CRS84.test(name)) return;
  throw new ImportFault(message('crs-not-wgs84', { crs: name.slice(0, 80) }));
}
