import type { FeatureInput } from '../../ogc/edit/editor.ts';
import { isSame } from '../../ogc/edit/same.value.ts';
import type { ZoneChange } from './zone.schema.ts';
import type { StoredZone } from './zone.store.ts';

const REMOVABLE = ['validTo', 'legalAct'];
const LANGUAGES = { nameFr: 'fr', nameAr: 'ar' } as const;

/** A replacement also removes missing properties; label and start of a zone stay. */
export const asReplacement = (wanted: FeatureInput): FeatureInput => {
  const { properties } = wanted;
  const names = (properties.names ?? {}) as Record<string, unknown>;
  const cleared = [
    ...REMOVABLE.filter((name) => properties[name] === undefined),
    ...Object.entries(LANGUAGES).flatMap(([name, code]) => (names[code] === undefined ? [name] : [])),
  ];
  return { ...wanted, cleared: new Set(cleared) };
};

/** The differences to the requested content, so that a label change alone creates no revision. */
export function changeOf({ geometry, properties, cleared }: FeatureInput, current: StoredZone): ZoneChange {
  const { content, hasThatArea } = current;
  const wanted: Record<string, unknown> = {
    ...properties,
    ...Object.fromEntries(REMOVABLE.filter((name) => cleared.has(name)).map((name) => [name, null])),
    names: namesOf(properties.names, cleared, content.names),
  };
  const { legalAct } = content;
  // layers show only the title of a legal act
  if (typeof legalAct === 'object' && legalAct && wanted.legalAct === legalAct.title) delete wanted.legalAct;
  const was: Record<string, unknown> = content;
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(value ?? null, was[name] ?? null));
  return {
    ...(geometry && !hasThatArea && { geometry: geometry as ZoneChange['geometry'] }),
    properties: Object.fromEntries(changed),
  };
}

function namesOf(given: unknown, cleared: ReadonlySet<string>, names: Record<string, unknown>): object {
  const kept = Object.entries(LANGUAGES).flatMap(([name, code]) => (cleared.has(name) ? [code] : []));
  const all = Object.entries({ ...names, ...(given as object) });
  return Object.fromEntries(all.filter(([code]) => !kept.some((one) => one === code)));
}
