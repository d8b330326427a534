import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Links } from '../../geometry/feature.schema.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { ProposalId } from '../consents/proposal.schema.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { IncidentId } from '../incidents/incident.schema.ts';
import { anyOf, CountryCode, Names, UtcTime } from '../vocabulary.schema.ts';
import { ZoneId } from '../zones/zone.answer.ts';

// Twin: tripoint.procedure_state in schema/procedures/procedure_state.function.sql, compared by test/procedures/states.test.ts.
export const PROCEDURE_STATES = [
  'proposed',
  'refused',
  'withdrawn',
  'expired',
  'coming',
  'inForce',
  'over',
  'replaced',
] as const;
export type ProcedureState = (typeof PROCEDURE_STATES)[number];

const MOST_DOCUMENTS = 10;
const LONGEST_ADDRESS = 500;

export const ProcedureId = z
  .uuid()
  .meta({ description: 'Identifier of a joint procedure.', example: '0199e0c4-6d00-7c1e-9f5e-000000000008' });
export const VersionNumber = z
  .int()
  .min(1)
  .max(1_000_000)
  .meta({ description: 'Number of a version, from 1.', example: 1 });

const ProcedureDocument = z
  .strictObject({
    href: z
      .url({ protocol: /^https$/, error: issue('document-address') })
      .max(LONGEST_ADDRESS)
      .refine((address) => !URL.canParse(address) || !hasLogin(address), { error: issue('document-address') })
      .meta({ description: 'Where those who may read it find the file. The service never fetches it.' }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, issue('document-hash'))
      .meta({ description: 'SHA-256 of the file in lower-case hexadecimal digits: what was agreed.' }),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, issue('language-form')))
      .min(1)
      .max(5)
      .meta({ description: 'Languages of the file, as in BCP 47.' }),
  })
  .meta({ id: 'ProcedureDocument', description: 'A file of a procedure.' });

const hasLogin = (address: string): boolean => {
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
};

const purpose = freeText(500)
  .refine((text) => text.length > 0, { error: issue('purpose-empty') })
  .meta({ description: 'What it is for, in words; nothing about a person.' });
const documents = z
  .array(ProcedureDocument)
  .min(1)
  .max(MOST_DOCUMENTS)
  .meta({ description: 'The files, such as one for each language.' });

export const NewProcedure = z
  .strictObject({
    names: Names,
    purpose,
    documents,
    validFrom: DateOrInstant.optional().meta({ description: 'Default: as soon as all have approved it.' }),
    validTo: DateOrInstant.nullish().meta({ description: 'End (exclusive); open if missing.' }),
    openUntil: DateOrInstant.optional().meta({
      description: 'Deadline for the approvals. Default: in 30 days.',
    }),
  })
  .superRefine(({ validFrom, validTo, openUntil }, ctx) => {
    const refuse = (path: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params: { semantic: true } });
    const from = Date.parse(validFrom ?? new Date().toISOString());
    if (validTo && Date.parse(validTo) <= from)
      refuse('validTo', issue('not-after-from', { from: new Date(from).toISOString() }));
    if (openUntil && Date.parse(openUntil) <= Date.now())
      refuse('openUntil', issue('due-past', { value: openUntil }));
  })
  .meta({
    id: 'NewProcedure',
    description: 'A version of a joint procedure, for the approval of every participant.',
    example: {
      names: { en: 'Handover of people rescued at sea', fr: 'Remise des personnes secourues en mer' },
      purpose: 'Who takes over people after a rescue, where, and within which time.',
      documents: [
        {
          href: 'https://procedures.example.org/handover-1.pdf',
          sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          languages: ['ar', 'fr'],
        },
      ],
      openUntil: '2099-12-31',
    },
  });
export type NewProcedure = z.output<typeof NewProcedure>;

export const Procedure = z
  .strictObject({
    id: ProcedureId,
    version: VersionNumber,
    zone: ZoneId.nullable(),
    segment: SegmentId.nullable(),
    crossing: CrossingId.nullable(),
    state: z.enum(PROCEDURE_STATES).meta({
      id: 'ProcedureState',
      description:
        '`proposed`: it waits for approvals; `refused`, `withdrawn`: a participant ended it; `expired`: not all approved it before `openUntil`; `coming`: agreed, before `validFrom`; `inForce`; `over`: past `validTo`; `replaced`: by a newer version.',
    }),
    names: Names,
    purpose,
    documents,
    participants: z.array(CountryCode).meta({ description: 'Countries that must approve it.' }),
    country: CountryCode.meta({ description: 'The country that proposed it.' }),
    agency: z.string().meta({ description: 'The agency that proposed it.' }),
    proposal: ProposalId.meta({
      description: 'Where the participants decide: `/proposals/{proposal}/consents`.',
    }),
    validFrom: UtcTime.meta({ description: 'In force from here on, but not before all have approved it.' }),
    validTo: UtcTime.nullable().meta({ description: 'End (exclusive); null: open.' }),
    proposedAt: UtcTime.meta({ description: 'When it was proposed.' }),
    openUntil: UtcTime.meta({ description: 'Deadline for the approvals.' }),
    agreedAt: UtcTime.nullable().meta({ description: 'When the last participant approved it.' }),
    endedAt: UtcTime.nullable().meta({ description: 'When a participant refused it or withdrew.' }),
    updatedAt: UtcTime.meta({ description: 'When it was proposed, agreed or ended.' }),
  })
  .meta({
    id: 'Procedure',
    description:
      'One version of a joint procedure. One of `zone`, `segment` and `crossing` says where it holds; the others are null.',
  });

export const ProcedureList = z
  .strictObject({
    procedures: z.array(Procedure).meta({ description: 'Versions, in the order of procedure and version.' }),
    links: Links,
  })
  .meta({ id: 'ProcedureList', description: 'One page of versions of joint procedures.' });

export const ProcedureQuery = z.strictObject({
  state: anyOf(PROCEDURE_STATES, 'Any of these states.'),
  procedure: ProcedureId.optional(),
  zone: ZoneId.optional(),
  segment: SegmentId.optional(),
  crossing: CrossingId.optional(),
  incident: IncidentId.optional().meta({
    description:
      'Those that hold at the place of this incident: of its zones, its segment, and crossings within 5 km.',
  }),
  ...paging,
});
export type ProcedureQuery = z.output<typeof ProcedureQuery>;
