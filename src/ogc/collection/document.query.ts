import { z } from 'zod';

/** The query of documents that are JSON or, for browsers, a page. */
export const DOCUMENT_QUERY = z.strictObject({
  f: z
    .enum(['json', 'html'])
    .optional()
    .meta({ id: 'f', description: 'The format, instead of the header Accept.' }),
});
