import type { Caller, CountryCode } from '../core/caller.ts';
import { view } from '../db/labelled.ts';
import { type Sql, writing } from '../db/sql.ts';

export const SUBJECT_TYPES = ['impact', 'procedure', 'reference'] as const;

export interface NewProposal {
  id: string;
  subjectType: (typeof SUBJECT_TYPES)[number];
  subject: string;
  /** Of the subject, below the base of the API. */
  path: string;
  participants: readonly CountryCode[];
  /** Deadline for the approvals. */
  openUntil: Date | string;
}

/** For the subjects of joint proposals, in the transaction that writes the subject. */
export const proposeStatement = (
  { country, agency }: Caller,
  { id, subjectType, subject, path, participants, openUntil }: NewProposal,
): Sql => writing`
  INSERT INTO ${view.jointProposal} (id, subject_type, subject, path, participants, country, agency, open_until)
  VALUES (${id}, ${subjectType}, ${subject}, ${path}, ${participants}::text[], ${country}, ${agency}, ${openUntil})`;
