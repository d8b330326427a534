import { z } from 'zod';

/** Query of documents that are JSON only: clients send `f=json` all the same. */
export const JSON_ONLY = z.strictObject({
  f: z.enum(['json']).optional().meta({ id: 'f-json', description: 'The format.' }),
});
