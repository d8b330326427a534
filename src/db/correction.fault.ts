import type pg from 'pg';
import type { Code } from '../core/catalogue.ts';
import type { Params } from '../core/messages/message.ts';
import {
  conflict,
  type FieldFault,
  forbidden,
  inBody,
  invalidInput,
  type Problem,
  unprocessable,
} from '../core/problem.ts';

/**
 * What the database refuses of a correction.
 * Twin: base.refuse_correction in schema/reference/correction_features.functions.sql, compared by test/reference/faults.test.ts
 */
export const CORRECTION_FAULTS = [
  'border-ends-move',
  'border-line-crosses',
  'segment-unknown',
  'segment-in-use',
  'segment-without-names',
  'segment-without-stretch',
  'segment-off-border',
  'segments-leave-gap',
  'segments-overlap',
  'crossing-incomplete',
  'crossing-off-border',
  'crossing-without-sides',
  'side-unknown',
  'correction-too-early',
  'correction-changes-nothing',
] as const satisfies readonly Code[];

/** Code and values of a message, and the number of the feature that it is about. */
export function correctionFault({ message, detail = '{}' }: pg.DatabaseError): Problem {
  const { n, ...params } = JSON.parse(detail) as Params & { n?: number };
  if (message === 'correction-overtaken') return conflict('state-not-allowed', 'correction-overtaken');
  if (message === 'correction-not-yours') return forbidden('correction-not-yours', params as never);
  const code = CORRECTION_FAULTS.find((fault) => fault === message) as 'segments-overlap';
  const values = params as never;
  if (n === undefined) return unprocessable('rule-broken', code, values);
  const fault: FieldFault = inBody(`features.${n}`, code, values);
  return invalidInput([fault], 422);
}
