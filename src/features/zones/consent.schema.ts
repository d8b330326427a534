import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { freeText } from '../../screening/personal-data.ts';
import { CountryCode, UtcTime } from '../vocabulary.schema.ts';
import { Awaiting, ZoneId, ZoneState } from './zone.answer.ts';
import { DECISIONS } from './zone.lifecycle.ts';

const Decision = z.enum(DECISIONS).meta({
  id: 'Decision',
  description:
    '`withdraw` takes an approval back: a zone in force is suspended at once, and needs all consents again.',
});

export const NewConsent = z
  .strictObject({
    decision: Decision,
    revision: z.int().min(1).max(1_000_000).meta({
      description: 'The revision that you have read: the decision applies to it alone.',
      example: 1,
    }),
    reason: freeText(500)
      .optional()
      .meta({ description: 'Required for a rejection; nothing about a person.' }),
  })
  .meta({
    id: 'NewConsent',
    description: 'The decision of a country about a revision of a zone.',
    example: { decision: 'approve', revision: 1 },
  });
export type NewConsent = z.output<typeof NewConsent>;

const consent = {
  id: z.uuid().meta({ description: 'Identifier of the decision.' }),
  zone: ZoneId,
  revision: z.int().meta({ description: 'The revision that it is about.' }),
  country: CountryCode.meta({ description: 'The country that decided.' }),
  agency: z.string().meta({ description: 'The agency of the coordinator.' }),
  decision: Decision,
  reason: z.string().nullable().meta({ description: 'Why.' }),
  at: UtcTime.meta({ description: 'When it was decided.' }),
};

export const ConsentList = z
  .strictObject({
    consents: z
      .array(
        z
          .strictObject(consent)
          .meta({ id: 'Consent', description: 'A decision; the latest one of a country counts.' }),
      )
      .meta({ description: 'The decisions.' }),
    links: Links,
  })
  .meta({ id: 'ConsentList', description: 'Oldest first.' });

export const DecidedConsent = z
  .strictObject({
    ...consent,
    state: ZoneState.meta({ description: 'State of the revision after this decision.' }),
    agreed: z.boolean().meta({ description: 'Whether every participant has now approved it.' }),
    awaiting: Awaiting,
  })
  .meta({ id: 'DecidedConsent', description: 'A decision and its effect.' });
