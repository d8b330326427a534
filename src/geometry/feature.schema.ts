import { z } from 'zod';

/** A GeoJSON Feature (RFC 7946 §3.2) of one kind, as answered. */
export const featureOf = <G extends z.ZodType, P extends z.ZodType>(id: string, geometry: G, properties: P) =>
  z
    .strictObject({
      type: z.literal('Feature'),
      id: z.string(),
      geometry,
      properties,
      links: z.array(Link).optional(),
    })
    .meta({ id });

export const Link = z
  .strictObject({
    href: z.string(),
    rel: z.string(),
    type: z.string().optional(),
    title: z.string().optional(),
    templated: z.boolean().optional(),
  })
  .meta({ id: 'Link', description: 'Where to go from here.' });
export type Link = z.infer<typeof Link>;

/** `about`: what else the collection says of itself. */
export const collectionOf = <F extends z.ZodType>(id: string, feature: F, about: z.ZodRawShape = {}) =>
  z
    .strictObject({
      type: z.literal('FeatureCollection'),
      timeStamp: z.iso.datetime().meta({ description: 'When this was answered.' }),
      numberReturned: z.int(),
      numberMatched: z
        .int()
        .optional()
        .meta({ description: 'How many match in all, where that is known at no cost.' }),
      ...about,
      links: z.array(Link).meta({ description: '`self`, and `next` when more follow.' }),
      features: z.array(feature),
    })
    .meta({ id });
