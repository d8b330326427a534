import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';

/** Words that may stand in no answer to a caller: ids and texts of what is hidden from it. */
export const hiddenWords = (things: readonly Thing[], caller: NamedCaller): string[] =>
  things.flatMap((thing) => {
    const seesIncident = maySee(caller, thing);
    const seesZone = maySeeZone(caller, thing);
    return [
      ...(seesIncident ? [] : [thing.incident, thing.report]),
      ...(seesZone ? [] : [thing.zone, thing.mandate]),
      ...(seesIncident || seesZone ? [] : [thing.word]),
    ];
  });

const WORD = /[\w-]{8,}/g;

/** Of those, the ones that an answer tells of its own, and not because they were asked for. */
export function leaksIn(text: string, hidden: readonly string[], ...asked: (string | undefined)[]): string[] {
  const said = asked.flatMap((part) => decodeURIComponent(part ?? '').match(WORD) ?? []);
  const rest = said.reduce((left, word) => left.replaceAll(word, ''), text);
  return hidden.filter((word) => rest.includes(word));
}
