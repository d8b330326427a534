import { z } from 'zod';

/** A GeoJSON Feature (RFC 7946 §3.2) of one kind, as answered. */
export const featureOf = <G extends z.ZodType, P extends z.ZodType>(id: string, geometry: G, properties: P) =>
  z
    .strictObject({
      type: z.literal('Feature'),
      id: z.string(),
      geometry,
      properties,
      links: Links.optional(),
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

const AnsweredAt = z.iso.datetime().meta({ id: 'AnsweredAt', description: 'When this was answered.' });
const NumberMatched = z
  .int()
  .meta({ id: 'NumberMatched', description: 'How many match in all, where that is known at no cost.' });
export const Links = z.array(Link).meta({ id: 'Links' });
export const PageLinks = z
  .array(Link)
  .meta({ id: 'PageLinks', description: '`self`, and `next` when more follow.' });

/** `about`: what else the collection says of itself. */
export const collectionOf = <F extends z.ZodType>(id: string, feature: F, about: z.ZodRawShape = {}) =>
  z
    .strictObject({
      type: z.literal('FeatureCollection'),
      timeStamp: AnsweredAt,
      numberReturned: z.int(),
      numberMatched: NumberMatched.optional(),
      ...about,
      links: PageLinks,
      features: z.array(feature),
    })
    .meta({ id });
