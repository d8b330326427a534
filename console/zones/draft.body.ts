import type { Position } from 'geojson';
import type { Draft } from './draft.store.ts';
import { ruleOf, titleOfAct, type Zone } from './zone.answer.ts';

type Shape = { geometry: object } | { derivedFrom: object } | undefined;

/** The area as the service takes it; undefined: kept, or not complete yet. */
export function shapeOf({ source, ...rule }: Draft, corners: readonly Position[]): Shape {
  if (source === 'kept') return undefined;
  if (source === 'drawn')
    return corners.length < 3
      ? undefined
      : { geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]]] } };
  const [fromKm, toKm, widthKm] = [rule.fromKm, rule.toKm, rule.widthKm].map(numberIn);
  if (fromKm === undefined || toKm === undefined || widthKm === undefined) return undefined;
  return {
    derivedFrom: {
      border: rule.border,
      fromKm,
      toKm,
      widthMetres: Math.round(widthKm * 1000),
      side: rule.side,
    },
  };
}

const numberIn = (text: string): number | undefined =>
  text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);

/** The content as the service takes it. */
function contentOf(draft: Draft) {
  const { nameEn, nameFr, nameAr, kind, purpose, participants, tlp, releasableTo } = draft;
  const names = {
    en: nameEn.trim(),
    ...(nameFr.trim() && { fr: nameFr.trim() }),
    ...(nameAr.trim() && { ar: nameAr.trim() }),
  };
  return {
    names,
    kind,
    purpose: purpose.trim(),
    participants,
    validFrom: instantOf(draft.validFrom),
    validTo: instantOf(draft.validTo),
    legalAct: draft.legalAct.trim() || undefined,
    tlp,
    releasableTo: tlp === 'AMBER' ? releasableTo : [],
  };
}

/** `2026-11-30T04:12`, as `<input type="datetime-local">` writes the local time. */
export function localOf(instant: string | null): string {
  if (!instant) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const instantOf = (local: string): string | undefined => (local ? new Date(local).toISOString() : undefined);

/** A new zone. Without an area the service says what is missing. */
export const bodyOf = (draft: Draft, corners: readonly Position[]) => ({
  type: 'Feature',
  geometry: null,
  ...shapeOf(draft, corners),
  properties: contentOf(draft),
});

/** For the preview, which asks about the area alone: names may still be missing. */
export function previewOf(draft: Draft, corners: readonly Position[]) {
  const shape = shapeOf(draft, corners);
  if (!shape) return undefined;
  const { kind, participants } = draft;
  const properties = { names: { en: 'Preview' }, kind, purpose: 'Preview', participants };
  return { type: 'Feature', geometry: null, ...shape, properties };
}

/** What differs from the newest revision, so that a change of the label alone stays one. Undefined: nothing. */
export function changeOf(draft: Draft, corners: readonly Position[], base: Zone): object | undefined {
  const was = base.properties;
  const before: Record<string, unknown> = {
    ...was,
    validFrom: instantOf(localOf(was.validFrom)),
    validTo: instantOf(localOf(was.validTo)),
    legalAct: titleOfAct(was.legalAct) || undefined,
  };
  const properties = Object.fromEntries(
    Object.entries(contentOf(draft))
      .filter(([name, value]) => !isSame(value, before[name]))
      .map(([name, value]) => [name, value ?? null]),
  );
  // a start cannot be taken away, only moved
  if (properties.validFrom === null) delete properties.validFrom;
  const shape = changedShape(draft, corners, base);
  if (!shape && Object.keys(properties).length === 0) return undefined;
  return { ...shape, properties };
}

function changedShape(draft: Draft, corners: readonly Position[], { geometry, properties }: Zone): Shape {
  const shape = shapeOf(draft, corners);
  if (!shape) return undefined;
  if ('derivedFrom' in shape) return isSame(shape.derivedFrom, ruleOf(properties)) ? undefined : shape;
  return isSame((shape.geometry as { coordinates: unknown }).coordinates, geometry.coordinates)
    ? undefined
    : shape;
}

/** Equal as JSON, whatever the order of the names. */
const isSame = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);
const sorted = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
