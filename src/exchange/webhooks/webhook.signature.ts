import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_'; // of Standard Webhooks
const SECRET_BYTES = 32;

export const newSigningSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** As the receiver keeps it. */
export const shownSecret = (secret: Buffer): string => PREFIX + secret.toString('base64');

interface SignedMessage {
  id: string;
  timestampSeconds: number;
  body: string;
}

/** Standard Webhooks 1.0: one signature for each secret that is valid, with spaces between. */
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
