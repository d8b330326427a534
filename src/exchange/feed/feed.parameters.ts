import { z } from 'zod';

/** Parameters that feed and stream share. */
export const feedParameters = (names: readonly string[]) => ({
  after: z.string().min(1).max(500).optional().meta({
    description: 'Continue after this cursor. Without it: from now on.',
    pattern: '^[A-Za-z0-9_-]+$',
  }),
  collections: z
    .array(z.enum(names as [string, ...string[]]))
    .min(1)
    .optional()
    .meta({ description: 'Only these layers, or these parts of coordination.', example: ['incidents'] }),
  include: z
    .enum(['feature'])
    .optional()
    .meta({ description: 'Include the features of the changes.', example: 'feature' }),
});
