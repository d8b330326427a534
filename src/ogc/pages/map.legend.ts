import { type Catalogue, pagesIn } from '../../core/catalogue.ts';
import { type Language, wordWithin } from '../../core/vocabulary.ts';
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

type Words = Catalogue['pages'];

const keys = <Word extends string>(words: Record<Word, unknown>): Word[] => Object.keys(words) as Word[];

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

const incidentGroups = (language: Language, words: Words): Html[] => [
  group(
    words.severity,
    keys<SymbolSeverity>(SEVERITY_COLOURS).map((severity) =>
      symbol({ severity }, wordWithin('severity', severity, language)),
    ),
  ),
  group(words.state, [
    symbol({}, words.openOrOngoing),
    symbol({ isClosed: true }, words.closedOrCancelled),
    symbol({ isExercise: true }, words.exerciseOrTest),
    picture(CELL, words.countHere),
  ]),
  group(
    words.kind,
    keys<SignedKind>(KIND_SIGNS).map((kind) => symbol({ kind }, wordWithin('incidentKind', kind, language))),
  ),
];

const groupsIn = (language: Language, words: Words): Record<string, readonly Html[]> => ({
  incidents: incidentGroups(language, words),
  crossings: [
    group(words.crossings, [
      ...keys(CROSSING_COLOURS).map((state) =>
        picture(crossingSvg(state, state), wordWithin('crossingState', state, language)),
      ),
      picture(crossingSvg('open', 'closed'), words.oneSideOpen),
    ]),
  ],
  segments: [
    group(words.impactOfSegments, [
      ...keys(IMPACT_COLOURS).map((level) =>
        picture(stroke(IMPACT_COLOURS[level]), wordWithin('impactLevel', level, language)),
      ),
      picture(stroke('#8d93a0'), words.notStated),
    ]),
  ],
  zones: [
    group(words.zones, [
      ...keys(ZONE_COLOURS).map((kind) =>
        picture(area(ZONE_COLOURS[kind]), wordWithin('zoneKind', kind, language)),
      ),
      picture(hatchedAreaSvg('joint_monitoring'), words.notAgreed),
    ]),
  ],
  borders: [
    group(words.lines, [picture(stroke(BORDER_COLOUR), words.landBorder), picture(band, words.lineAccuracy)]),
  ],
});

const drawn = new Map<Language, Record<string, readonly Html[]>>();

/** What the signs on a map mean; of the layers that it draws. */
export function legend(layers: readonly string[], language: Language): Html | undefined {
  const words = pagesIn(language);
  if (!drawn.has(language)) drawn.set(language, groupsIn(language, words));
  const groups = layers.flatMap((layer) => drawn.get(language)![layer] ?? []);
  if (groups.length === 0) return undefined;
  return html`<details class="legend"><summary>${words.legend}</summary><div>${groups}</div></details>`;
}
