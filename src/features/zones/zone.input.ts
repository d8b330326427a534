import type { Caller } from '../../access/caller.ts';
import { check } from '../../http/input.errors.ts';
import { conflict, forbidden, notFound, unprocessable } from '../../http/problem.ts';
import { defineProblemTypes } from '../../http/problem.types.ts';
import { clippingOf, type ZoneRule } from './zone.rule.ts';
import { NewZone, type ZoneChange } from './zone.schema.ts';
import type { Shape } from './zone.shape.sql.ts';
import type { Current, ZoneContent } from './zone.store.ts';

defineProblemTypes({
  'empty-area': {
    title: 'Empty area',
    meaning: 'The rule gives no area in the territory of the participants.',
  },
});

interface Intent {
  content: ZoneContent;
  shape: Shape;
}

/** What a caller wants a zone to be, checked against the rules that need to know the caller. */
export function readNewZone(caller: Caller, zone: NewZone): Intent {
  const rule = zone.derivedFrom ?? zone.properties.derivedFrom;
  const content: ZoneContent = { ...zone.properties, derivedFrom: rule };
  requireOwnCountry(caller, content.participants);
  return { content, shape: rule ? derived(rule, content.participants) : { drawn: zone.geometry! } };
}

/** A change merged into the zone as it stands. */
export function mergeChange(
  caller: Caller,
  id: string,
  change: ZoneChange,
  current: Current | undefined,
): Intent {
  permitChange(caller, id, current);
  const rule = change.derivedFrom ?? change.properties?.derivedFrom;
  const { derivedFrom: before, ...kept } = current!.content;
  const derivedFrom = rule ?? (change.geometry ? undefined : before);
  const properties = { ...kept, ...change.properties, derivedFrom };
  const keepsArea = !rule && !change.geometry && !(before && change.properties?.participants);
  if (keepsArea)
    return { content: checked({ ...properties, derivedFrom: PLACEHOLDER }, derivedFrom), shape: 'kept' };

  const zone = check(
    NewZone,
    { type: 'Feature', geometry: change.geometry ?? null, properties },
    'body',
  ) as NewZone;
  return readNewZone(caller, zone);
}

// A kept area needs no rule; the schema asks for either, and zones of the reference data have rules of other forms.
const PLACEHOLDER: ZoneRule = { crossing: 'kept', radiusMetres: 1 };

function checked(properties: object, derivedFrom: ZoneRule | undefined): ZoneContent {
  const zone = check(NewZone, { type: 'Feature', geometry: null, properties }, 'body') as NewZone;
  return { ...zone.properties, derivedFrom };
}

export function permitChange(caller: Caller, id: string, current: Current | undefined): void {
  if (!current) throw notFound('zone', id);
  if (current.country !== caller.country)
    throw forbidden(`Only operators of ${current.country} change this zone.`);
  if (current.state === 'withdrawn')
    throw conflict('state-not-allowed', `The zone ${id} has been withdrawn.`);
}

function derived(rule: ZoneRule, participants: readonly string[]): Shape {
  const countries = clippingOf(rule, participants);
  if (typeof countries === 'string') throw unprocessable('rule-broken', countries);
  if ('toKm' in rule && rule.toKm <= rule.fromKm) {
    throw unprocessable(
      'rule-broken',
      `derivedFrom.toKm: ${rule.toKm} must be greater than fromKm ${rule.fromKm}`,
    );
  }
  return { rule, countries };
}

function requireOwnCountry({ country }: Caller, participants: readonly string[]): void {
  if (!country || participants.includes(country)) return;
  throw unprocessable('rule-broken', `participants: your own country ${country} must take part`);
}

export const emptyShape = () =>
  unprocessable(
    'empty-area',
    'The rule gives no area: the border, segment or crossing does not exist, the stretch lies beyond its end, or nothing of it lies in the territory of the participants.',
  );
