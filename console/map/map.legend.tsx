import { signal } from '@preact/signals';
import type { MapGeoJSONFeature, Map as MapView } from 'maplibre-gl';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type SignedKind, symbolSvg } from '../../src/ogc/symbols/incident.symbol.ts';
import { crossingSvg, hatchedAreaSvg } from '../../src/ogc/symbols/sprite.images.ts';
import {
  type CROSSING_COLOURS,
  IMPACT_COLOURS,
  SEVERITY_COLOURS,
  type SymbolSeverity,
  ZONE_COLOURS,
} from '../../src/ogc/symbols/symbol.palette.ts';
import { value } from '../words/values.ts';
import { areaSvg, BAND, CELL, strokeSvg } from './legend.images.ts';
import { theMap } from './map.handle.ts';
import { said } from './map.words.ts';

type CrossingState = keyof typeof CROSSING_COLOURS;

/** The values that the map shows at this moment. */
export interface Shown {
  severities: Set<SymbolSeverity>;
  kinds: Set<SignedKind>;
  crossings: Set<string>;
  zones: Set<keyof typeof ZONE_COLOURS>;
  impact: Set<string>;
  has: Set<'open' | 'closed' | 'exercise' | 'cells' | 'proposed' | 'fresh' | 'circle' | 'band'>;
}

const shown = signal<Shown | undefined>(undefined);
const isOpen = signal(false);

/** What the signs mean, of those that are on the map. */
export function MapLegend() {
  const map = theMap.value;
  useEffect(() => {
    if (!map) return;
    const look = () => {
      // it takes some milliseconds, and only an open legend needs it
      if (isOpen.value) shown.value = lookAt(map);
    };
    map.on('idle', look);
    return () => void map.off('idle', look);
  }, [map]);
  const turn = (isNowOpen: boolean) => {
    isOpen.value = isNowOpen;
    if (isNowOpen && map) shown.value = lookAt(map);
  };
  return (
    <details class="map-box" onToggle={({ currentTarget }) => turn(currentTarget.open)}>
      <summary>{said.legend()}</summary>
      <div class="map-sheet map-legend">{shown.value && <Entries {...shown.value} />}</div>
    </details>
  );
}

export function Entries({ severities, kinds, crossings, zones, impact, has }: Shown) {
  const isEmpty = [severities, kinds, crossings, zones, impact, has].every(({ size }) => size === 0);
  if (isEmpty) return <p>{said.nothingHere()}</p>;
  return (
    <>
      <Group title={said.severity()}>
        {keysIn(SEVERITY_COLOURS, severities).map((severity) => (
          <Sign key={severity} svg={symbolOf({ severity })} words={value('severity', severity)} />
        ))}
        {has.has('cells') && <Sign svg={CELL} words={said.cell()} />}
      </Group>
      <Group title={said.state()}>
        {has.has('open') && <Sign svg={symbolOf({})} words={said.isOpen()} />}
        {has.has('closed') && <Sign svg={symbolOf({ isClosed: true })} words={said.isClosed()} />}
        {has.has('exercise') && <Sign svg={symbolOf({ isExercise: true })} words={said.isExercise()} />}
        {has.has('fresh') && <Sign svg={FRESH_RING} words={said.isFresh()} />}
        {has.has('circle') && <Sign svg={ERROR_CIRCLE} words={said.errorCircle()} />}
      </Group>
      <Group title={said.kind()}>
        {[...kinds].sort().map((kind) => (
          <Sign key={kind} svg={symbolOf({ kind })} words={value('incidentKind', kind)} />
        ))}
      </Group>
      <Group title={said.crossings()}>
        {[...crossings].sort().map((pair) => (
          <Sign key={pair} svg={crossingSvg(...sidesOf(pair))} words={crossingWords(...sidesOf(pair))} />
        ))}
      </Group>
      <Group title={said.zones()}>
        {keysIn(ZONE_COLOURS, zones).map((kind) => (
          <Sign key={kind} svg={areaSvg(ZONE_COLOURS[kind])} words={value('zoneKind', kind)} />
        ))}
        {has.has('proposed') && <Sign svg={hatchedAreaSvg('joint_monitoring')} words={said.notAgreed()} />}
      </Group>
      <Group title={said.impact()}>
        {keysIn(IMPACT_COLOURS, impact).map((level) => (
          <Sign key={level} svg={strokeSvg(IMPACT_COLOURS[level])} words={value('impactLevel', level)} />
        ))}
        {impact.has('') && <Sign svg={strokeSvg('#8d93a0')} words={said.notStated()} />}
      </Group>
      {has.has('band') && (
        <Group title={said.borders()}>
          <Sign svg={BAND} words={said.band()} />
        </Group>
      )}
    </>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  const entries = [children].flat(2).filter(Boolean);
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>{entries}</ul>
    </section>
  );
}

export const Sign = ({ svg, words }: { svg: string; words: string }) => (
  <li>
    <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt="" />
    {words}
  </li>
);

const symbolOf = (one: Partial<Parameters<typeof symbolSvg>[0]>): string =>
  symbolSvg({ kind: 'other', severity: 'moderate', isClosed: false, isExercise: false, ...one });

const ring = (edge: string, more: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><circle cx="14" cy="14" r="12" fill="none" stroke="${edge}" ${more}/></svg>`;
const FRESH_RING = ring('#b3261e', 'stroke-width="2"');
const ERROR_CIRCLE = ring('#1264d8', 'stroke-width="1.5" stroke-dasharray="3 2"');

const sidesOf = (pair: string) => pair.split(' ') as [CrossingState, CrossingState];
const crossingWords = (west: CrossingState, east: CrossingState): string =>
  west === east
    ? value('crossingState', west)
    : said.sides({ west: value('crossingState', west), east: value('crossingState', east) });

const keysIn = <Word extends string>(words: Record<Word, unknown>, found: Set<string>): Word[] =>
  (Object.keys(words) as Word[]).filter((word) => found.has(word));

/** What is drawn now. */
export function lookAt(map: MapView): Shown {
  const found: Shown = {
    severities: new Set(),
    kinds: new Set(),
    crossings: new Set(),
    zones: new Set(),
    impact: new Set(),
    has: new Set(),
  };
  for (const feature of map.queryRenderedFeatures()) note(feature, found);
  return found;
}

/** Adds what one feature shows. */
function note({ properties, layer, sourceLayer }: MapGeoJSONFeature, found: Shown): void {
  const { severity, kind, state, nature } = properties;
  if (layer.id === 'incidents' || layer.id === 'fresh') {
    found.severities.add(severity);
    found.kinds.add(kind);
    found.has.add(state === 'closed' ? 'closed' : 'open');
    if (nature !== 'actual') found.has.add('exercise');
    if (layer.id === 'fresh') found.has.add('fresh');
  } else if (sourceLayer === 'incidents-cells') noteCell(properties, found);
  else if (sourceLayer === 'crossings' && layer.id === 'crossings') found.crossings.add(pairOf(properties));
  else if (sourceLayer === 'zones') {
    found.zones.add(kind);
    if (properties.agreed === false) found.has.add('proposed');
  } else if (sourceLayer === 'impact') found.impact.add(properties.impactLevel ?? '');
  else if (layer.id === 'selected-circle') found.has.add('circle');
  else if (layer.id === 'backdrop-borders-accuracy') found.has.add('band');
}

function noteCell(properties: Record<string, unknown>, found: Shown): void {
  found.has.add('cells');
  for (const severity of Object.keys(SEVERITY_COLOURS) as SymbolSeverity[])
    if (properties[`severity_${severity}`]) found.severities.add(severity);
}

/** From west to east, as the picture has them. */
function pairOf({ stateDza, stateTun, stateLby, state }: Record<string, unknown>): string {
  const west = stateDza ?? stateTun ?? state ?? 'unknown';
  const east = stateLby ?? stateTun ?? state ?? 'unknown';
  return `${west} ${east}`;
}
