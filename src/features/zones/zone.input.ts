import type { Caller } from '../../core/caller.ts';
import { inBody, invalidInput, notFound, unprocessable } from '../../core/problem.ts';
import { check } from '../../http/input.errors.ts';
import { judge, type ZoneEvent, type ZoneStep } from './zone.lifecycle.ts';
import { refusal } from './zone.refusal.ts';
import { clippingOf, type ZoneRule } from './zone.rule.ts';
import { NewZone, type ZoneChange } from './zone.schema.ts';
import type { AreaSource } from './zone.shape.sql.ts';
import type { StoredZone, ZoneRevisionWrite } from './zone.store.ts';
import type { RevisionContent, ZoneContent, ZoneLabel } from './zone.write.sql.ts';

/** The requested content of a zone, checked against the rules that depend on the caller. */
export function readNewZone(caller: Caller, zone: NewZone): RevisionContent {
  const rule = zone.derivedFrom ?? zone.properties.derivedFrom;
  const content: ZoneContent = { ...zone.properties, derivedFrom: rule };
  requireOwnCountry(caller, content.participants);
  return { content, shape: rule ? derived(rule, content.participants) : { drawn: zone.geometry! } };
}

/** A change merged into the newest revision of the zone. */
export function mergeChange(
  caller: Caller,
  id: string,
  change: ZoneChange,
  current: StoredZone | undefined,
): ZoneRevisionWrite {
  const { tlp, releasableTo, ...stated } = change.properties ?? {};
  const isLabelOnly = !change.geometry && !change.derivedFrom && Object.keys(stated).length === 0;
  const step = permitStep(isLabelOnly ? 'relabel' : 'change', caller, id, current);
  const merged = merge(caller, change, current!.content);
  const label = tlp || releasableTo ? labelOf(merged.content) : undefined;
  if (label?.tlp === 'RED' && step !== 'edit' && current!.parties.length > 1)
    throw invalidInput([inBody('properties.tlp', 'red-hides-zone')], 422);
  return { step, ...merged, label };
}

const labelOf = ({ tlp, releasableTo }: ZoneContent): ZoneLabel => ({ tlp, releasableTo });

function merge(caller: Caller, change: ZoneChange, current: ZoneContent): RevisionContent {
  const rule = change.derivedFrom ?? change.properties?.derivedFrom;
  const { derivedFrom: before, ...kept } = current;
  const derivedFrom = rule ?? (change.geometry ? undefined : before);
  const properties = { ...kept, ...change.properties, derivedFrom };
  const keepsArea = !rule && !change.geometry && !(before && change.properties?.participants);
  if (keepsArea) {
    const content = checked({ ...properties, derivedFrom: PLACEHOLDER }, derivedFrom);
    requireOwnCountry(caller, content.participants);
    return { content, shape: 'kept' };
  }
  const zone = check(
    NewZone,
    { type: 'Feature', geometry: change.geometry ?? null, properties },
    'body',
  ) as NewZone;
  return readNewZone(caller, zone);
}

// A kept area needs no rule, but the schema requires one, and reference data has rules of other forms.
const PLACEHOLDER: ZoneRule = { crossing: 'kept', radiusMetres: 1 };

function checked(properties: object, derivedFrom: ZoneRule | undefined): ZoneContent {
  const zone = check(NewZone, { type: 'Feature', geometry: null, properties }, 'body') as NewZone;
  return { ...zone.properties, derivedFrom };
}

/** The step after an event, or the problem with the reason of the refusal. */
export function permitStep(
  event: ZoneEvent,
  caller: Caller,
  id: string,
  current: StoredZone | undefined,
): ZoneStep {
  if (!current) throw notFound('zone', id);
  const verdict = judge(event, current, caller);
  if ('step' in verdict) return verdict.step;
  throw refusal({ id, refused: verdict.refused, event, facts: current, caller });
}

function derived(rule: ZoneRule, participants: readonly string[]): AreaSource {
  const countries = clippingOf(rule, participants);
  if ('code' in countries) throw invalidInput([countries], 422);
  if ('toKm' in rule && rule.toKm <= rule.fromKm)
    throw invalidInput([inBody('derivedFrom.toKm', 'stretch-backwards', rule)], 422);
  return { rule, countries };
}

function requireOwnCountry({ country }: Caller, participants: readonly string[]): void {
  if (!country || participants.includes(country)) return;
  throw invalidInput([inBody('properties.participants', 'country-must-participate', { country })], 422);
}

export const emptyShape = () => unprocessable('empty-area', 'empty-area');
