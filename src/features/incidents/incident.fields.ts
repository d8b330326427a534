import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { DateOrInstant } from '../../geometry/instant.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import {
  AccuracyMetres,
  BorderCode,
  CountryCode,
  ReleasableTo,
  Released,
  Revision,
  Tlp,
  UtcTime,
} from '../vocabulary.schema.ts';
import {
  Accuracy,
  Certainty,
  Counts,
  Kind,
  Nature,
  PastInstant,
  Severity,
  State,
  Whereabouts,
} from './incident.schema.ts';

export interface Column {
  /** In the view `incident`. */
  column: string;
  type: 'text' | 'text[]' | 'timestamptz' | 'float' | 'int';
  /** How many of them are answered. */
  decimals?: number;
}

interface Schemas {
  /** As it is reported; absent where the service decides. */
  input?: z.ZodType;
  /** As it is answered. */
  output: z.ZodType;
}

/** A column with the name of its value where properties are flat: in layers and in CSV. */
export interface FlatField extends Column {
  name: string;
  /** As it is answered. */
  schema: z.ZodType;
  title?: string;
  isReported: boolean;
}

const countColumn = (part: 'best' | 'low' | 'high', name: string): FlatField => ({
  name,
  column: `counts_${part}`,
  type: 'int',
  schema: Counts.shape[part].unwrap().nullable(),
  title: `Count (${part})`,
  isReported: true,
});

/**
 * The properties of an incident in the order of answers: requests, answers, imports, layers and files are made from
 * this table. A new property comes last, so that clients that go by position still read the others.
 */
export const incidentFields = {
  kind: { column: 'kind', type: 'text', input: Kind, output: Kind },
  severity: { column: 'severity', type: 'text', input: Severity, output: Severity },
  certainty: { column: 'certainty', type: 'text', input: Certainty, output: Certainty },
  nature: {
    column: 'nature',
    type: 'text',
    input: Nature.optional().meta({
      description: 'Default: that of the world, `actual` or in an exercise `exercise`.',
    }),
    output: Nature,
  },
  state: { column: 'state', type: 'text', output: State },
  occurredAt: {
    column: 'occurred_at',
    type: 'timestamptz',
    input: PastInstant.meta({ description: 'When it happened or began; not in the future.' }),
    output: UtcTime.meta({ description: 'When it happened or began.' }),
  },
  occurredUntil: {
    column: 'occurred_until',
    type: 'timestamptz',
    input: DateOrInstant.optional().meta({ description: 'When it ended.' }),
    output: UtcTime.nullable().meta({ description: 'When it ended; null: unknown.' }),
  },
  reportedAt: {
    column: 'reported_at',
    type: 'timestamptz',
    output: UtcTime.meta({ description: 'When the service received it.' }),
  },
  updatedAt: {
    column: 'updated_at',
    type: 'timestamptz',
    output: UtcTime.meta({ description: 'When it last changed.' }),
  },
  horizontalAccuracyMetres: {
    column: 'horizontal_accuracy_m',
    type: 'float',
    input: Accuracy,
    output: AccuracyMetres,
  },
  placeText: {
    column: 'place_text',
    type: 'text',
    input: freeText(200).optional().meta({ description: 'The place in words.' }),
    output: z.string().nullable().meta({ description: 'The place in words.' }),
  },
  description: {
    column: 'description',
    type: 'text',
    input: freeText(2000).optional().meta({ description: 'Short; nothing about a person.' }),
    output: z.string().nullable().meta({ description: 'What happened, in words.' }),
  },
  counts: {
    columns: {
      best: countColumn('best', 'countsBest'),
      low: countColumn('low', 'countsLow'),
      high: countColumn('high', 'countsHigh'),
    },
    input: Counts.optional(),
    output: Counts.nullable(),
  },
  source: {
    column: 'source',
    type: 'text',
    input: freeText(200).default('').meta({ description: 'System or document that it comes from.' }),
    output: z.string().meta({ description: 'System or document that it comes from.' }),
  },
  externalId: {
    column: 'external_id',
    type: 'text',
    input: z
      .string()
      .regex(/^[\w.:/#-]{1,120}$/, issue('external-id-form'))
      .optional()
      .meta({
        description: 'Identifier in the source; agency, source and externalId are the identity of imports.',
      }),
    output: z.string().nullable().meta({ description: 'Identifier in the source.' }),
  },
  owner: {
    column: 'owner',
    type: 'text',
    output: CountryCode.meta({ description: 'Country of the reporting agency.' }),
  },
  agency: {
    column: 'agency',
    type: 'text',
    output: z.string().meta({ description: 'The reporting agency.' }),
  },
  tlp: { column: 'tlp', type: 'text', input: Tlp.default('AMBER+STRICT'), output: Tlp },
  releasableTo: {
    column: 'releasable_to',
    type: 'text[]',
    input: ReleasableTo.default([]),
    output: Released,
  },
  revision: { column: 'revision', type: 'int', output: Revision },
  country: { column: 'country', type: 'text', output: Whereabouts },
  candidates: {
    column: 'candidates',
    type: 'text[]',
    output: z
      .array(CountryCode)
      .nullable()
      .meta({ id: 'Candidates', description: 'The possible countries, if undetermined.' }),
  },
  border: {
    column: 'border',
    type: 'text',
    output: BorderCode.nullable().meta({ description: 'The nearest border.' }),
  },
  segment: {
    column: 'segment',
    type: 'text',
    output: z.string().nullable().meta({ description: 'The nearest segment.' }),
  },
  borderKm: {
    column: 'border_km',
    type: 'float',
    decimals: 3,
    output: z.number().nullable().meta({ description: 'Chainage of the nearest point of the border.' }),
  },
  distanceToBorderMetres: {
    column: 'distance_to_border_m',
    type: 'float',
    decimals: 1,
    output: z.number().nullable().meta({ description: 'Geodesic distance to that border.' }),
  },
  accessNote: {
    column: 'access_note',
    type: 'text',
    input: freeText(200)
      .optional()
      .meta({ description: 'How rescuers reach the place; nothing about a person.' }),
    output: z.string().nullable().meta({ description: 'How rescuers reach the place.' }),
  },
} satisfies Record<string, Schemas & (Column | { columns: Record<string, FlatField> })>;

type Fields = typeof incidentFields;
type Reported = {
  [Name in keyof Fields]: Fields[Name] extends { input: z.ZodType } ? Name : never;
}[keyof Fields];

/** The shape of what is reported, and that of what is answered. */
export const inputs = Object.fromEntries(
  Object.entries(incidentFields).flatMap(([name, field]) => ('input' in field ? [[name, field.input]] : [])),
) as { [Name in Reported]: Fields[Name]['input'] };
export const outputs = Object.fromEntries(
  Object.entries(incidentFields).map(([name, { output }]) => [name, output]),
) as { [Name in keyof Fields]: Fields[Name]['output'] };

/** The same properties flat: `counts` is three of them. */
export const flatFields: readonly FlatField[] = Object.entries(incidentFields).flatMap(([name, field]) =>
  'columns' in field
    ? Object.values(field.columns)
    : [{ ...field, name, schema: field.output, isReported: 'input' in field }],
);
export const reportedFields = flatFields.filter(({ isReported }) => isReported);
