import { z } from 'zod';
import { INCIDENT_KINDS, type NATURES } from '../incidents/incident.vocabulary.ts';

/**
 * Retention of incidents of one nature and kind after their last change.
 * Twin: base.purge_incidents in schema/retention/purge_incidents.function.sql, compared by test/retention/purge.test.ts.
 */
export interface RetentionRule {
  nature: string;
  kind: string;
  days: number;
}

/** Days per kind; null: kept forever. */
export type Retention = ReadonlyMap<string, number | null>;

const FORM =
  'must be a number of days or the word forever, then kinds with their own number of days, such as 365,distress=forever. ' +
  `Kinds: ${INCIDENT_KINDS.join(', ')}`;
const DAYS = /^(?:forever|[1-9]\d{0,5})$/;

/** `3650`, `forever`, `365,distress=forever,fire=730`. */
export const Retention = z
  .string()
  .refine(isRetention, FORM)
  .transform((text): Retention => {
    const [all, ...exceptions] = partsOf(text);
    const kinds = INCIDENT_KINDS.map((kind): [string, number | null] => [kind, daysOf(all!)]);
    const own = exceptions.map((part): [string, number | null] => {
      const [kind, days] = part.split('=');
      return [kind!, daysOf(days!)];
    });
    return new Map([...kinds, ...own]);
  });

function isRetention(text: string): boolean {
  const [all, ...exceptions] = partsOf(text);
  const isException = (part: string) => {
    const [kind, days, ...more] = part.split('=');
    return (
      more.length === 0 && (INCIDENT_KINDS as readonly string[]).includes(kind!) && DAYS.test(days ?? '')
    );
  };
  return DAYS.test(all!) && exceptions.every(isException);
}

const partsOf = (text: string): string[] => text.replaceAll(' ', '').split(',');

const daysOf = (text: string): number | null => (text === 'forever' ? null : Number(text));

/** One rule per nature and kind, without those kept forever. */
export const rulesOf = (retentions: Record<(typeof NATURES)[number], Retention>): RetentionRule[] =>
  Object.entries(retentions).flatMap(([nature, retention]) =>
    [...retention].flatMap(([kind, days]) => (days === null ? [] : [{ nature, kind, days }])),
  );
