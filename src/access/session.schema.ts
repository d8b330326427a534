import { z } from 'zod';
import { COUNTRY_CODES, ROLES } from '../core/caller.ts';

export const SESSION_TAG = 'Session';

const LONGEST_ADDRESS = 2000;

export const ReturnTo = z
  .string()
  .max(LONGEST_ADDRESS)
  .optional()
  .meta({ description: 'Where the browser goes afterwards: an address of this service.' });

export const NewSession = z.strictObject({
  key: z.string().min(1).max(8000).meta({ description: 'A key of this service, or an access token.' }),
  return: ReturnTo,
});

const Instant = z.iso.datetime();

export const Session = z
  .strictObject({
    signedIn: z.boolean().meta({ description: 'Whether the browser is signed in here.' }),
    hasEnded: z.boolean().meta({ description: 'Whether it was until now: sign in again.' }),
    agency: z.string().nullable().meta({ description: 'The agency that the browser acts for.' }),
    country: z.enum(COUNTRY_CODES).nullable().meta({ description: 'Its country.' }),
    roles: z.array(z.enum(ROLES)).meta({ description: 'What it may do.' }),
    endsAt: Instant.nullable().meta({ description: 'When the session ends at the latest.' }),
    endsInSeconds: z.int().nullable().meta({
      description: 'How long that is from now, whatever the clock of the browser says.',
    }),
    idleSeconds: z.int().meta({ description: 'It ends earlier after so long without requests and streams.' }),
    openId: z.string().nullable().meta({
      description: 'The address that signs in with the OpenID provider; null: nobody signs in so.',
    }),
  })
  .meta({ id: 'Session', description: 'Whether a browser is signed in, as whom and for how long.' });
export type Session = z.output<typeof Session>;
