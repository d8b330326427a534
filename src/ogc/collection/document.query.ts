import { z } from 'zod';

/** Query of documents available as JSON and HTML. */
export const DOCUMENT_QUERY = z.strictObject({
  f: z
    .enum(['json', 'html'])
    .optional()
    .meta({ id: 'f', description: 'The format; overrides the header Accept.' }),
});
