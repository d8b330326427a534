import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_'; // Standard Webhooks
const SECRET_BYTES = 32;

export const newSigningSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** In the receiver's format. */
export const shownSecret = (secret: Buffer): string => PREFIX + secret.toString('base64');

interface SignedMessage {
  id: string;
  timestampSeconds: number;
  body: string;
}

/** Standard Webhooks 1.0: one signature per valid secret, space-separated. */
export const signaturesOf = (
  { id, timestampSeconds, body }: SignedMessage,
  secrets: readonly Buffer[],
): string =>
  secrets
    .map((secret) =>
      createHmac('sha256', secret).update(`${id}.${timestampSeconds}.${body}`).digest('base64'),
    )
    .map((signature) => `v1,${signature}`)
    .join(' ');
