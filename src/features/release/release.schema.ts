import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { Incident } from '../incidents/incident.answer.ts';
import { Report } from '../incidents/report.schema.ts';
import { VIEWERS } from '../label.audience.ts';
import { CountryCode, checkLabel, ReleasableTo, Tlp } from '../vocabulary.schema.ts';
import { Zone } from '../zones/zone.answer.ts';

export const COLLECTIONS = ['incidents', 'reports', 'zones'] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

const collection = z.enum(COLLECTIONS).meta({ description: 'Collection of the labelled row.' });
const isUuid = (id: string): boolean => z.uuid().safeParse(id).success;

export const ReleaseRequest = z
  .strictObject({
    collection,
    id: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,80}$/)
      .meta({ description: 'Id of the incident or report, a UUID, or of the zone.' }),
    tlp: Tlp,
    releasableTo: ReleasableTo.default([]),
  })
  .superRefine(checkLabel)
  .refine(({ collection, id }) => collection === 'zones' || isUuid(id), {
    path: ['id'],
    error: issue('release-id'),
  })
  .overwrite((body) => (body.collection === 'zones' ? body : { ...body, id: body.id.toLowerCase() }))
  .meta({
    id: 'ReleaseRequest',
    description: 'A new label for a row.',
    example: {
      collection: 'incidents',
      id: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
      tlp: 'AMBER',
      releasableTo: ['LBY'],
    },
  });
export type ReleaseRequest = z.output<typeof ReleaseRequest>;

const MOST = 100;

export const ReleasesRequest = z
  .strictObject({
    releases: z
      .array(ReleaseRequest)
      .min(1)
      .max(MOST)
      .meta({ description: 'The new labels; each row once.' }),
  })
  .superRefine(({ releases }, ctx) => {
    const keys = releases.map(({ collection, id }) => `${collection} ${id.toLowerCase()}`);
    keys.forEach((key, n) => {
      if (keys.indexOf(key) < n)
        ctx.addIssue({ code: 'custom', path: ['releases', n, 'id'], message: issue('release-twice') });
    });
  })
  .meta({
    id: 'ReleasesRequest',
    description: 'New labels for many rows, all or none.',
    example: {
      releases: [
        {
          collection: 'incidents',
          id: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
          tlp: 'AMBER',
          releasableTo: ['LBY'],
        },
      ],
    },
  });

const whose = {
  collection,
  id: z.string().meta({ description: 'Identifier of the incident, report or zone.' }),
  owner: CountryCode.meta({ description: 'The country whose coordinators decide.' }),
  agency: z.string().nullable().meta({ description: 'The agency that may narrow the label.' }),
};
const releasableTo = z
  .array(CountryCode)
  .meta({ description: 'Countries, besides the owner, that see an AMBER row.' });

export const Released = z
  .strictObject({
    ...whose,
    tlp: Tlp,
    releasableTo,
    hasChanged: z.boolean().meta({ description: 'false: the label is unchanged.' }),
  })
  .meta({ id: 'Released', description: 'The current label.' });
export type Released = z.output<typeof Released>;

export const ReleasedAll = z
  .strictObject({ releases: z.array(Released).meta({ description: 'In the order of the request.' }) })
  .meta({ id: 'ReleasedAll', description: 'The current labels.' });

const LabelNow = z.strictObject({
  tlp: Tlp,
  releasableTo,
  agencyAlone: z
    .string()
    .nullable()
    .meta({ description: 'The only agency that sees it, if it or its incident is RED.' }),
});

export const ReleasePreview = z
  .strictObject({
    ...whose,
    now: LabelNow.meta({ description: 'The label that it has.' }),
    after: LabelNow.meta({ description: 'The label that it would have.' }),
    viewers: z
      .array(
        z.strictObject({
          viewer: z
            .enum(VIEWERS)
            .meta({ description: 'Callers without a key, or the agencies of a country.' }),
          seesNow: z.boolean().meta({ description: 'Whether this viewer sees it now.' }),
          seesAfter: z
            .boolean()
            .meta({ description: 'Whether this viewer would see it with the other label.' }),
          answer: z.union([Incident, Report, Zone]).nullable().meta({
            description:
              'The GET answer for this viewer under the new label, except `revision` and `updatedAt`; null for 404.',
          }),
          reports: z.int().nullable().meta({
            description:
              "Number of the incident's reports that it would see, as far as you see them: reports without their own label follow. null for reports and zones.",
          }),
        }),
      )
      .meta({ description: 'Every viewer.' }),
  })
  .meta({
    id: 'ReleasePreview',
    description:
      'Current and future viewers under another label. Participants always see a zone from its proposal on.',
  });
export type ReleasePreview = z.output<typeof ReleasePreview>;

export const ReleasePreviews = z
  .strictObject({ previews: z.array(ReleasePreview).meta({ description: 'In the order of the request.' }) })
  .meta({
    id: 'ReleasePreviews',
    description: 'Current and future viewers of each row, each as if it were released alone.',
  });
