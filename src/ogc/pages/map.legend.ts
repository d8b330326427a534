import { type Html, html } from '../../http/html.ts';
import { type IncidentSymbol, KIND_SIGNS, type SignedKind, symbolSvg } from '../symbols/incident.symbol.ts';
import { crossingSvg, hatchedAreaSvg } from '../symbols/sprite.images.ts';
import {
  BORDER_COLOUR,
  CROSSING_COLOURS,
  IMPACT_COLOURS,
  PAPER,
  SEVERITY_COLOURS,
  type SymbolSeverity,
  ZONE_COLOURS,
} from '../symbols/symbol.palette.ts';

const keys = <Word extends string>(words: Record<Word, unknown>): Word[] => Object.keys(words) as Word[];
const spoken = (word: string): string => word.replaceAll('_', ' ');

const picture = (svg: string, words: string): Html =>
  html`<li><img src="data:image/svg+xml,${encodeURIComponent(svg)}" alt=""> ${words}</li>`;

const symbol = (one: Partial<IncidentSymbol>, words: string): Html =>
  picture(
    symbolSvg({ kind: 'other', severity: 'moderate', isClosed: false, isExercise: false, ...one }),
    words,
  );

const stroke = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="26" height="14"><path d="M1 7h24" stroke="${colour}" stroke-width="5"/></svg>`;
const area = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="26" height="16"><path d="M1 1h24v14H1z" fill="${colour}" fill-opacity="0.2" stroke="${colour}" stroke-width="1.5"/></svg>`;

const band = `<svg xmlns="http://www.w3.org/2000/svg" width="26" height="14"><path d="M1 7h24" stroke="${BORDER_COLOUR}" stroke-opacity="0.2" stroke-width="12"/><path d="M1 7h24" stroke="${BORDER_COLOUR}" stroke-width="2"/></svg>`;
const CELL = `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><circle cx="14" cy="14" r="10" fill="${SEVERITY_COLOURS.severe.fill}" fill-opacity="0.82" stroke="${PAPER}"/><text x="14" y="18" font-family="sans-serif" font-size="11" text-anchor="middle" fill="${PAPER}">7</text></svg>`;

const group = (title: string, entries: readonly Html[]): Html =>
  html`<section><h2>${title}</h2><ul class="${entries.length > 8 && 'many'}">${entries}</ul></section>`;

const INCIDENTS = [
  group(
    'Severity',
    keys<SymbolSeverity>(SEVERITY_COLOURS).map((severity) => symbol({ severity }, severity)),
  ),
  group('State', [
    symbol({}, 'open or ongoing'),
    symbol({ isClosed: true }, 'closed or cancelled'),
    symbol({ isExercise: true }, 'exercise or test'),
    picture(CELL, 'count around here, in the colour of the gravest'),
  ]),
  group(
    'Kind',
    keys<SignedKind>(KIND_SIGNS).map((kind) => symbol({ kind }, spoken(kind))),
  ),
];

const GROUPS: Record<string, readonly Html[]> = {
  incidents: INCIDENTS,
  crossings: [
    group(
      'Crossings',
      keys(CROSSING_COLOURS)
        .map((state) => picture(crossingSvg(state, state), state))
        .concat([picture(crossingSvg('open', 'closed'), 'western side open, eastern side closed')]),
    ),
  ],
  segments: [
    group('Impact level of segments', [
      ...keys(IMPACT_COLOURS).map((level) => picture(stroke(IMPACT_COLOURS[level]), level)),
      picture(stroke('#8d93a0'), 'not stated'),
    ]),
  ],
  zones: [
    group(
      'Zones',
      keys(ZONE_COLOURS)
        .map((kind) => picture(area(ZONE_COLOURS[kind]), spoken(kind)))
        .concat([picture(hatchedAreaSvg('joint_monitoring'), 'hatched: not agreed yet')]),
    ),
  ],
  borders: [
    group('Lines', [
      picture(stroke(BORDER_COLOUR), 'land border, not a legal statement'),
      picture(band, 'where it may run, by the accuracy of the line'),
    ]),
  ],
};

/** What the signs on a map mean; of the layers that it draws. */
export const legend = (layers: readonly string[]): Html | undefined => {
  const groups = layers.flatMap((layer) => GROUPS[layer] ?? []);
  if (groups.length === 0) return undefined;
  return html`<details class="legend"><summary>Legend</summary><div>${groups}</div></details>`;
};
