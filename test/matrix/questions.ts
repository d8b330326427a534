import { v7 as uuidv7 } from 'uuid';
import { maySee, maySeeZone, mayTakePart } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';
import type { Reading } from './row.ts';

export type May = (caller: NamedCaller, thing: Thing) => boolean;
type Kind =
  | 'incident'
  | 'notice'
  | 'zone'
  | 'proposal'
  | 'draft'
  | 'joint'
  | 'mandate'
  | 'correction'
  | 'offer'
  | 'alert'
  | 'subscription'
  | 'webhook'
  | 'delivery'
  | 'indicator';
export interface Named {
  id: string;
}

const UUID = uuidv7();
export const NOWHERE: Record<Kind, string> = {
  incident: UUID,
  notice: UUID,
  zone: UUID,
  proposal: UUID,
  draft: UUID,
  joint: UUID,
  mandate: 'm-00000000',
  correction: UUID,
  offer: UUID,
  alert: UUID,
  subscription: UUID,
  webhook: UUID,
  delivery: UUID,
  indicator: UUID,
};

/** What is in force, and not only proposed to the caller. */
export const maySeeAgreed: May = (caller, thing) =>
  maySeeZone(caller, { ...thing, participants: thing.agreedBy });
export const mayConsent: May = mayTakePart;
/** Joint proposals have no label: a participant works as one. */
export const takesPart: May = (caller, { participants }) =>
  participants.some((one) => one === caller.country);
export const mayHear: May = (caller, { agency }) => caller.agency === agency;
/** Counts are for the three countries. */
export const mayCount: May = ({ country }) => country !== undefined;
/** Reports for the owner country alone. */
export const maySeeStrict: May = (caller, thing) => maySee(caller, thing) && caller.country === thing.owner;

/** Ways to ask about things, for the rows of the matrix. */
export function questionsAbout(things: readonly Thing[]) {
  const ids = (of: Kind, may: May) => (caller: NamedCaller) =>
    things
      .filter((thing) => may(caller, thing))
      .map((thing) => thing[of])
      .sort();
  const ours = new Set(
    things.flatMap(({ incident, notice, zone, proposal, joint, draft, mandate, alert, ...thing }) => [
      ...[incident, notice, zone, proposal, joint, draft, mandate, alert],
      ...[thing.subscription, thing.webhook, thing.indicator, thing.correction, thing.offer],
    ]),
  );
  const known = (list: string[]) => list.filter((id) => ours.has(id)).sort();

  /** One question for each thing. */
  const each = (ask: (thing: Thing) => Reading): Reading[] => things.map(ask);
  const item = (
    pathOf: (id: string) => string,
    of: Kind,
    may: May,
    rest: (thing: Thing) => Pick<Reading, 'tells'> & { told: (caller: NamedCaller) => unknown },
    change: Partial<Reading> = {},
  ): Reading[] =>
    each((thing) => {
      const { told, tells } = rest(thing);
      const sees = (caller: NamedCaller) => (may(caller, thing) ? told(caller) : undefined);
      return { path: pathOf(thing[of]), missing: pathOf(NOWHERE[of]), tells, sees, ...change };
    });
  /** Ids and the count beside them. */
  const listed = ({ features, numberMatched }: { features: Named[]; numberMatched?: number }) => ({
    ids: known(features.map(({ id }) => id)),
    // the lists of zones hold those of the reference data, too
    isCounted: numberMatched === features.length,
  });
  const list = (path: string, of: (caller: NamedCaller) => string[]): Reading => ({
    path,
    tells: listed,
    sees: (caller) => ({ ids: of(caller), isCounted: true }),
  });
  return { ids, known, ours, each, item, listed, list };
}

/** 404 for what the caller does not see, else what becomes of it in the own country, or in a foreign one. */
export const byOwner =
  (may: (caller: NamedCaller, thing: Thing) => boolean, thing: Thing, own: number, foreign = 403) =>
  (caller: NamedCaller): number => {
    if (!may(caller, thing)) return 404;
    return caller.country === thing.owner ? own : foreign;
  };
