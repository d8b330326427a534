import { mayDraft, maySee, maySeeZone, mayTakePart } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import { isRescuer, type Thing } from '../support/label.world.ts';
import { agencyOf, keyOf } from '../support/service.ts';

/** Words that may stand in no answer to a caller: ids and texts of what is hidden from it. */
export const hiddenWords = (things: readonly Thing[], caller: NamedCaller): string[] =>
  things.flatMap((thing) => {
    const { word } = thing;
    const seesIncident = maySee(caller, thing);
    const seesZone = maySeeZone(caller, thing);
    const takesPart = mayTakePart(caller, thing);
    return [
      ...(seesIncident ? [] : [thing.incident, thing.report, thing.response, thing.request ?? word]),
      ...(mayDraft(caller, thing) && seesIncident ? [] : [thing.strictReport, `${word}-strict`]),
      ...(isRescuer(caller) || seesIncident || auditsNotices(caller) ? [] : [thing.notice]),
      ...(caller.agency === thing.agency
        ? []
        : [thing.alert, thing.subscription, thing.webhook, thing.delivery]),
      ...(auditsOrIs(caller, thing, thing.agency) ? [] : [thing.shift]),
      ...(auditsOrIs(caller, thing, secondOf(thing))
        ? []
        : [thing.otherShift, thing.note, `quartz-note-of-${thing.owner}`]),
      ...(seesZone ? [] : [thing.zone, thing.mandate]),
      ...(maySeeZone(caller, { ...thing, participants: thing.agreedBy }) ? [] : [thing.zoneRequest ?? word]),
      ...(thing.agreedBy.some((one) => one === caller.country)
        ? []
        : [thing.procedure ?? word, `${word}-procedure`]),
      ...(takesPart ? [] : [thing.proposal, `${word}-proposal`, `${word}-next`]),
      ...(seesIncident || !thing.assessment ? [] : [thing.assessment]),
      ...(joins(caller, thing) ? [] : [thing.joint, `${word}-joint`]),
      ...(mayDraft(caller, thing) ? [] : [thing.draft, `${word}-draft`]),
      ...(seesIncident || seesZone || joins(caller, thing) ? [] : [word]),
    ];
  });

const joins = (caller: NamedCaller, { participants }: Thing): boolean =>
  participants.some((one) => one === caller.country);

export const secondOf = ({ owner }: Thing): string => agencyOf(keyOf(owner, 'reporter', { second: true }));

/** Shifts are seen by their agency, and by the auditors of its country. */
export const auditsOrIs = ({ agency, country, roles }: NamedCaller, { owner }: Thing, one: string): boolean =>
  agency === one || (country === owner && roles.includes('auditor'));

/** What is done about a notice concerns the auditors of both countries at the border. */
const auditsNotices = ({ roles, country }: NamedCaller): boolean =>
  roles.includes('auditor') && country === 'TUN';

const WORD = /[\w-]{8,}/g;

/** The hidden values in an answer that the request did not contain. */
export function leaksIn(text: string, hidden: readonly string[], ...asked: (string | undefined)[]): string[] {
  const said = asked.flatMap((part) => decodeURIComponent(part ?? '').match(WORD) ?? []);
  const rest = said.reduce((left, word) => left.replaceAll(word, ''), text);
  return hidden.filter((word) => rest.includes(word));
}
