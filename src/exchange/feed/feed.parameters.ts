import { z } from 'zod';

/** What the feed and the stream are asked for. */
export const feedParameters = (names: readonly string[]) => ({
  after: z.string().min(1).max(500).optional().meta({
    description: 'The cursor to go on from. Without it: from this moment on.',
  }),
  collections: z
    .array(z.enum(names as [string, ...string[]]))
    .min(1)
    .optional()
    .meta({ description: 'Only these layers.', example: ['incidents'] }),
  include: z
    .enum(['feature'])
    .optional()
    .meta({ description: 'The features beside their changes.', example: 'feature' }),
});
