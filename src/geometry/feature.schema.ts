import { z } from 'zod';

/** The id of an exercise has the form of `base.world.id`. */
export const OfWorld = z.string().meta({
  id: 'OfWorld',
  description: 'The exercise. In the actual world no answer has it.',
  example: 'autumn',
});

/** The schema of a GeoJSON Feature (RFC 7946 §3.2) in answers. */
export const featureOf = <G extends z.ZodType, P extends z.ZodType>(id: string, geometry: G, properties: P) =>
  z
    .strictObject({
      type: z.literal('Feature'),
      id: z.string().meta({ description: 'Identifier.' }),
      geometry,
      properties,
      world: OfWorld.optional(),
      links: Links.optional(),
    })
    .meta({ id, description: 'A GeoJSON Feature (RFC 7946).' });

export const Link = z
  .strictObject({
    href: z.string().meta({ description: 'The address.' }),
    rel: z.string().meta({ description: 'What the target is to this document: the link relation.' }),
    type: z.string().optional().meta({ description: 'Media type of the target.' }),
    title: z.string().optional().meta({ description: 'A label for people.' }),
    method: z.enum(['GET', 'POST']).optional().meta({ description: 'Method of the request. Default: GET.' }),
    body: z.looseObject({}).optional().meta({ description: 'For POST: members of its body.' }),
    merge: z
      .boolean()
      .optional()
      .meta({ description: '`true`: `body` changes the members of the body of this request.' }),
    templated: z.boolean().optional().meta({ description: '`true`: `href` has variables in braces.' }),
  })
  .meta({ id: 'Link', description: 'A link.' });
export type Link = z.infer<typeof Link>;

const AnsweredAt = z.iso.datetime().meta({ id: 'AnsweredAt', description: 'Time of the answer.' });
const NumberMatched = z
  .int()
  .meta({ id: 'NumberMatched', description: 'Total number of matches, if known at no cost.' });
export const Links = z.array(Link).meta({ id: 'Links', description: 'Related documents.' });
export const PageLinks = z
  .array(Link)
  .meta({ id: 'PageLinks', description: '`self`, and `next` if more follow.' });

/** `about`: further members of the collection. */
export const collectionOf = <F extends z.ZodType>(id: string, feature: F, about: z.ZodRawShape = {}) =>
  z
    .strictObject({
      type: z.literal('FeatureCollection'),
      timeStamp: AnsweredAt,
      numberReturned: z.int().meta({ description: 'Features on this page.' }),
      numberMatched: NumberMatched.optional(),
      ...about,
      world: OfWorld.optional(),
      links: PageLinks,
      features: z.array(feature),
    })
    .meta({ id, description: 'One page of a GeoJSON FeatureCollection.' });
