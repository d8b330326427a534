import { list } from './words.ts';

const roleNames = (roles: readonly string[]): string =>
  `${roles.length > 1 ? 'one of the roles' : 'the role'} ${list(roles)}`;

const FOUND = {
  name: 'the name or birth date of a person',
  address: 'a postal address',
  account: 'the account or profile of a person',
  bank: 'the number of a bank account or card',
  phone: 'a phone number',
  email: 'an e-mail address',
  document: 'the number of a document or person',
  plate: 'a vehicle plate',
  imei: 'the number of a device',
};

/** Keys, roles, labels, and texts that must say nothing about a person. */
export const access = {
  'key-missing': ({ roles }: { roles: readonly string[] }) =>
    `This needs a key with ${roleNames(roles)}. Send it as Authorization: Bearer <key> or X-API-Key.`,
  'role-missing': ({ roles, yours }: { roles: readonly string[]; yours: readonly string[] }) =>
    `This needs a key with ${roleNames(roles)}; yours has ${list(yours, 'no role')}.`,
  'cross-site': () =>
    'The browser added its key or session to the request of another site. Send a key as Authorization: Bearer <key>.',
  'origin-missing': () =>
    'A session writes only from the pages of this service: the request has neither Sec-Fetch-Site nor Origin. Programs send a key.',
  'sign-in-cross-site': () =>
    'Another site sent this. Sign in and out on the pages of this service, on the address that they have.',
  'key-form': () =>
    'Send the key as Authorization: Bearer <key>, as X-API-Key, or as the password of HTTP Basic.',
  'session-ended': () => 'Your session has ended. Sign in again.',
  'session-differs': () =>
    'The key in the header and the session of the browser act for different callers. Send one of them, or sign out.',
  'return-foreign': () => 'must be an address of this service',
  'sign-in-lost': () =>
    'This browser did not begin to sign in here, or began more than ten minutes ago. Begin again.',
  'sign-in-refused': () =>
    'The OpenID provider did not sign you in for this service, or names no agency and role that the service knows.',
  'keys-differ': () => 'The request carries two different keys. Send one.',
  'key-invalid': () => 'This key or token is not valid: it is unknown, has expired or was revoked.',
  'tokens-not-checked': () => 'Tokens cannot be checked at the moment, because their issuer does not answer.',
  'key-ended': ({ id }: { id: string }) =>
    `The key ${id} has ended or was replaced already. Create a new one.`,
  'agency-of-country-missing': ({ agency, country }: { agency: string; country: string | undefined }) =>
    `there is no agency of ${country} with id ${agency}`,
  'expiry-past': ({ value }: { value: string }) => `${value} is not in the future`,

  'purpose-needed': ({ collection }: { collection: string }) =>
    `The ${collection} you ask for are not CLEAR. State your purpose in the header X-Purpose.`,
  'purpose-unprintable': () => 'holds characters that cannot be shown',
  'personal-data': ({ kind }: { kind: keyof typeof FOUND }) =>
    `seems to hold ${FOUND[kind]}; free text must say nothing about a person`,

  'as-without-key': () => 'as needs a key with the role coordinator. Leave it out, or send one.',
  'as-without-role': ({ country }: { country: string }) =>
    `Only a coordinator of ${country} may see as another country does. Leave as out.`,
  'as-own-country': ({ country, others }: { country: string; others: readonly string[] }) =>
    `${country} is your own country. Name ${others.join(' or ')}, or leave it out to see what you see`,
  'preview-not-yours': ({ owner }: { owner: string }) =>
    `Only a coordinator of ${owner}, the owner, may ask who would see it.`,
  'label-wider': ({ owner }: { owner: string }) => `Only a coordinator of ${owner} may let more see this.`,
  'label-narrower': ({ owner, agency }: { owner: string; agency: string | null }) =>
    `Only ${agency ?? 'its agency'} or a coordinator of ${owner} may let fewer see this.`,
  'owner-fixed': () => 'The owner of this does not change.',
  'label-guarded': () => 'You may not change this label.',
  'label-out-of-reach': () => 'With this label you could not see what you wrote. Choose a wider one.',
  'label-amber-only': ({ tlp }: { tlp: string | null }) =>
    `goes with tlp AMBER only, not ${tlp ?? 'without a tlp'}`,
  'release-twice': () => 'names a row that stands before it in the list',
  'release-id': () => 'must be a UUID for incidents and reports',
  'release-hides-zone': () =>
    'RED would hide the zone from the other participants. Withdraw the zone, or choose AMBER+STRICT',
};
