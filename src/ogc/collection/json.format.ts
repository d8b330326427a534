import { z } from 'zod';

/** The query of documents that are JSON and nothing else: clients say so all the same. */
export const JSON_ONLY = z.strictObject({
  f: z.enum(['json']).optional().meta({ id: 'f-json', description: 'The format.' }),
});
