import { KIND_SIGNS, plateSvg, type SignedKind, SYMBOL_SIZE, signSize, signSvg } from './incident.symbol.ts';
import { qgisStyle, type RuleGroup, type SymbolLayer, type SymbolRule } from './qgis.renderer.ts';
import {
  IMPACT_COLOURS,
  INK,
  PAPER,
  SEVERITY_COLOURS,
  type SymbolSeverity,
  ZONE_COLOURS,
} from './symbol.palette.ts';

interface LayerStyle {
  /** Properties without which nothing could be drawn. */
  needs: readonly string[];
  groups(has: (property: string) => boolean): readonly RuleGroup[];
}

/** The QGIS style of a layer with these properties; undefined: QGIS draws it in its own way. */
export function styleOfLayer(id: string, properties: readonly string[]): string | undefined {
  const style = STYLES[id];
  const has = (property: string) => properties.includes(property);
  return style?.needs.every(has) ? qgisStyle(style.groups(has)) : undefined;
}

const INCIDENT_STYLE: LayerStyle = {
  needs: ['kind', 'severity'],
  groups: (has) => [
    { label: 'Severity', rules: SEVERITIES.map((severity) => plateRule(severity, has)) },
    { label: 'Kind', rules: KINDS.map((kind) => signRule(kind, has)) },
  ],
};

const IMPACT_STYLE: LayerStyle = {
  needs: ['impactLevel'],
  groups: () => [
    { label: 'Impact level', rules: rulesOf('impactLevel', IMPACT_COLOURS, (colour) => line(colour, 0.9)) },
  ],
};

const STYLES: Record<string, LayerStyle> = {
  incidents: INCIDENT_STYLE,
  alerts: INCIDENT_STYLE,
  segments: IMPACT_STYLE,
  impact: IMPACT_STYLE,
  zones: {
    needs: ['kind'],
    groups: () => [{ label: 'Kind', rules: rulesOf('kind', ZONE_COLOURS, area) }],
  },
  crossings: {
    needs: ['kind'],
    groups: () => [{ label: 'Kind', rules: rulesOf('kind', CROSSING_SHAPES, place) }],
  },
  borders: {
    needs: [],
    groups: () => [{ label: 'Border', rules: [{ label: 'Border', layers: line(INK, 0.7) }] }],
  },
};

const SEVERITIES = Object.keys(SEVERITY_COLOURS) as SymbolSeverity[];
const KINDS = Object.keys(KIND_SIGNS) as SignedKind[];
const CROSSING_SHAPES = { road: 'square', rail: 'diamond', track: 'triangle', pedestrian: 'circle' };
const MILLIMETRES = 0.26; // of a unit of an incident's symbol

type Has = (property: string) => boolean;

const closed = (has: Has): string => (has('state') ? `"state" IN ('closed', 'cancelled')` : 'false');
const exercise = (has: Has): string => (has('nature') ? `"nature" IN ('exercise', 'test')` : 'false');

/** The plate is hollow when the incident is closed, and has a hatched edge when it is an exercise. */
function plateRule(severity: SymbolSeverity, has: Has): SymbolRule {
  const image = (isClosed: boolean, isExercise: boolean) =>
    embedded(plateSvg({ severity, isClosed, isExercise }));
  const name = `CASE WHEN ${closed(has)} AND ${exercise(has)} THEN '${image(true, true)}' WHEN ${closed(has)} THEN '${image(true, false)}' WHEN ${exercise(has)} THEN '${image(false, true)}' ELSE '${image(false, false)}' END`;
  const options = { name: image(false, false), size: SYMBOL_SIZE * MILLIMETRES, size_unit: 'MM' };
  return {
    label: spoken(severity),
    filter: is('severity', severity),
    layers: [{ type: 'SvgMarker', options, expressions: { name } }],
  };
}

/** The sign on the plate, in an ink that is readable there. */
function signRule(kind: SignedKind, has: Has): SymbolRule {
  const onPlate = (value: (severity: SymbolSeverity) => string | number) =>
    SEVERITIES.map((severity) => `WHEN ${is('severity', severity)} THEN ${value(severity)}`).join(' ');
  const ink = `CASE WHEN ${closed(has)} THEN '${INK}' ${onPlate((severity) => `'${SEVERITY_COLOURS[severity].ink}'`)} END`;
  const size = `CASE ${onPlate((severity) => (signSize(severity) * MILLIMETRES).toFixed(3))} END`;
  const options = {
    // QGIS puts its colours there
    name: embedded(signSvg(kind, 'param(fill)')),
    color: rgb(INK),
    size: signSize('moderate') * MILLIMETRES,
    size_unit: 'MM',
  };
  return {
    label: spoken(kind),
    filter: is('kind', kind),
    layers: [{ type: 'SvgMarker', options, expressions: { size, fillColor: ink } }],
  };
}

const embedded = (svg: string): string => `base64:${Buffer.from(svg).toString('base64')}`;

const is = (property: string, value: string): string => `"${property}" = '${value}'`;

const rulesOf = (
  property: string,
  looks: Record<string, string>,
  draw: (look: string) => readonly SymbolLayer[],
): SymbolRule[] => [
  ...Object.entries(looks).map(([value, look]) => ({
    label: spoken(value),
    filter: is(property, value),
    layers: draw(look),
  })),
  { label: 'Other', filter: 'ELSE', layers: draw(property === 'kind' ? Object.values(looks).at(-1)! : INK) },
];

const line = (colour: string, millimetres: number): SymbolLayer[] => [
  { type: 'SimpleLine', options: { line_color: rgb(PAPER), line_width: millimetres + 0.6 } },
  { type: 'SimpleLine', options: { line_color: rgb(colour), line_width: millimetres } },
];

const area = (colour: string): SymbolLayer[] => [
  {
    type: 'SimpleFill',
    options: { color: rgb(colour, 50), outline_color: rgb(colour), outline_width: 0.5, style: 'solid' },
  },
];

const place = (shape: string): SymbolLayer[] => [
  {
    type: 'SimpleMarker',
    options: { name: shape, color: rgb(INK), outline_color: rgb(PAPER), outline_width: 0.4, size: 3 },
  },
];

/** `#rrggbb` as QGIS writes colours. */
function rgb(hex: string, alpha = 255): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [...parts, alpha].join();
}

/** `mine_or_uxo` becomes `Mine or uxo`. */
function spoken(word: string): string {
  const words = word.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
