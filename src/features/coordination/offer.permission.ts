import type { Caller } from '../../core/caller.ts';
import { forbidden, inBody, invalidInput, notFound, refused } from '../../core/problem.ts';
import { isSameLabel } from '../label.audience.ts';
import { refusalOf } from '../label.permission.ts';
import { isBackwards, type OfferChange, type OfferContent } from './offer.schema.ts';
import type { StoredOffer } from './offer.store.ts';

/** The changed offer. Its agency changes it; a coordinator of its country changes the label, too. */
export function mergeOffer(
  caller: Caller,
  id: string,
  { geometry, properties = {} }: OfferChange,
  current: StoredOffer | undefined,
): OfferContent {
  if (!current) throw notFound('offer', id);
  const { tlp: _, releasableTo: __, ...stated } = properties;
  const isLabelOnly = !geometry && Object.values(stated).every((value) => value === undefined);
  const isOwn = current.agency === caller.agency || (isLabelOnly && current.owner === caller.country);
  if (!isOwn) throw forbidden('offer-of-other-agency', { agency: current.agency! });
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const next: OfferContent = {
    ...current,
    ...(geometry && { geometry }),
    ...Object.fromEntries(given),
    // another label than AMBER names no countries
    ...(properties.tlp && properties.tlp !== 'AMBER' && !properties.releasableTo && { releasableTo: [] }),
  };
  permitContent(caller, current, next);
  return next;
}

function permitContent(caller: Caller, current: StoredOffer, next: OfferContent): void {
  const { tlp, releasableTo, availableFrom } = next;
  if (tlp !== 'AMBER' && releasableTo.length > 0)
    throw invalidInput([inBody('properties.releasableTo', 'label-amber-only', { tlp })], 422);
  if (isBackwards(next))
    throw invalidInput([inBody('properties.availableUntil', 'not-after-from', { from: availableFrom })], 422);
  if (isSameLabel(current, next, current.owner)) return;
  const refusal = refusalOf(caller, current, current, next);
  if (refusal) throw refused(refusal);
}
