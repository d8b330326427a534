import { useLayoutEffect, useRef } from 'preact/hooks';
import { language } from '../words/language.ts';
import { value } from '../words/values.ts';
import { type Touch, touched } from './map.touch.ts';
import { said } from './map.words.ts';

/** What lies under the pointer, in words: the list says the same to those without a pointer. */
export function MapHint() {
  const touch = touched.value;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!touch || !element.current) return;
    // by the style object: the policy forbids style attributes
    const { style, offsetParent } = element.current;
    style.left = `${Math.min(touch.x + 14, (offsetParent?.clientWidth ?? 0) - 230)}px`;
    style.top = `${touch.y + 14}px`;
  });
  if (!touch) return null;
  return (
    <div ref={element} class="map-hint" aria-hidden="true">
      {linesOf(touch).map((line, i) => (
        <p key={i}>
          <bdi>{line}</bdi>
        </p>
      ))}
    </div>
  );
}

function linesOf({ feature: { properties, source, sourceLayer } }: Touch): string[] {
  const text = (name: string): string => String(properties[name] ?? '');
  switch (sourceLayer ?? source) {
    case 'incidents-cells':
      return [said.counted({ n: Number(properties.count) })];
    case 'zones':
      return [nameOf(properties), value('zoneKind', text('kind')), value('zoneState', text('state'))];
    case 'crossings':
      return [nameOf(properties), ...sidesOf(properties)];
    default:
      return [
        value('incidentKind', text('kind')),
        [value('severity', text('severity')), value('incidentState', text('state'))].join(' · '),
        ...(properties.placeText ? [text('placeText')] : []),
      ];
  }
}

const NAMES = { en: 'nameEn', fr: 'nameFr', ar: 'nameAr' } as const;
const nameOf = (properties: Record<string, unknown>): string =>
  String(properties[NAMES[language.value]] ?? properties.nameEn ?? '');

const SIDES = { DZA: 'stateDza', TUN: 'stateTun', LBY: 'stateLby' } as const;
const sidesOf = (properties: Record<string, unknown>): string[] =>
  Object.entries(SIDES).flatMap(([country, name]) =>
    properties[name]
      ? `${value('countrySide', country)}: ${value('crossingState', String(properties[name]))}`
      : [],
  );
