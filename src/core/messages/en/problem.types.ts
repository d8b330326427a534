/** Titles and meanings of the problem types, by the last part of their URI; answered at `/problems/<slug>`. */
export const problemTypes = {
  'invalid-request': {
    title: 'Invalid request',
    meaning: 'The path, the query or the body does not match the operation; `errors` lists the faults.',
  },
  'invalid-json': { title: 'Invalid JSON', meaning: 'The body is not JSON; `detail` says where it breaks.' },
  'key-needed': {
    title: 'Key needed',
    meaning: 'The operation needs a valid key, and the request has none.',
  },
  'session-ended': {
    title: 'Session has ended',
    meaning:
      'The session of the browser has ended: by its age or without use, by signing out elsewhere, or with its key or token. Sign in again.',
  },
  'sign-in-failed': {
    title: 'Sign-in failed',
    meaning: 'The OpenID provider or this service refused to sign the browser in. Begin again.',
  },
  'role-needed': { title: 'Role needed', meaning: 'The key is valid but lacks the role or right for this.' },
  'cross-site': {
    title: 'Cross-site request',
    meaning:
      'The page of another site sent this with a key or session that the browser keeps: pages of other sites send a key themselves, as a bearer token.',
  },
  'purpose-needed': {
    title: 'Purpose needed',
    meaning: 'Data that is not CLEAR is read for a stated purpose only: send the header X-Purpose.',
  },
  'not-found': { title: 'Not found', meaning: 'Nothing that this caller may see is at this address.' },
  'method-not-allowed': {
    title: 'Method not allowed',
    meaning: 'The path exists, but not with this method; the header `Allow` lists its methods.',
  },
  'body-too-slow': { title: 'Body too slow', meaning: 'The body did not arrive within the time allowed.' },
  'body-too-large': { title: 'Body too large', meaning: 'The body is longer than the operation accepts.' },
  'head-too-large': {
    title: 'Address or headers too large',
    meaning: 'The address and the headers are longer than the service accepts.',
  },
  'unsupported-media-type': {
    title: 'Unsupported media type',
    meaning: 'The operation does not accept this Content-Type, charset or encoding.',
  },
  'range-not-satisfiable': {
    title: 'Range not satisfiable',
    meaning: 'The requested bytes lie beyond the end of the file; `Content-Range` gives its length.',
  },
  'precondition-failed': {
    title: 'Precondition failed',
    meaning: 'Somebody changed the resource after the version named in `If-Match`: read it again.',
  },
  'already-exists': {
    title: 'Already exists',
    meaning: 'Something with this id or identity already exists.',
  },
  'id-taken': {
    title: 'Id taken',
    meaning: 'The id belongs to other content, perhaps to something that you may not see.',
  },
  'state-not-allowed': {
    title: 'State not allowed',
    meaning: 'The new state cannot follow the current one; `detail` says which can.',
  },
  'stale-revision': {
    title: 'Stale revision',
    meaning: 'The decision names a revision that is not open for decision; `detail` says which one is.',
  },
  'mandate-overlaps': {
    title: 'Mandate overlaps',
    meaning:
      'The agency already has a mandate for this function and scope in part of the period; `mandate` names it.',
  },
  'outcome-missing': {
    title: 'Outcome missing',
    meaning: 'A distress incident can be closed once somebody has said what became of the people.',
  },
  'key-ended': {
    title: 'Key has ended',
    meaning: 'The key has expired, was revoked or has been replaced. Create a new one.',
  },
  'too-many-subscriptions': {
    title: 'Too many subscriptions',
    meaning: 'The agency has reached its limit of subscriptions. Remove one, or let one cover more.',
  },
  'cursor-expired': {
    title: 'Cursor expired',
    meaning:
      'The cursor is older than the retained changes: read the layers again, then follow the feed from the `cursor` of this problem.',
  },
  'cursor-lost': {
    title: 'Cursor lost',
    meaning:
      'The database was restored, or lost its newest changes in a failover, since it gave the cursor: read the layers again, delete what is in none of them, then follow the feed from the `cursor` of this problem.',
  },
  unprocessable: { title: 'Unprocessable', meaning: 'The input is well-formed but breaks a rule.' },
  'rule-broken': { title: 'Rule broken', meaning: 'The input breaks a rule of the data; `detail` names it.' },
  'reference-missing': {
    title: 'Reference missing',
    meaning: 'The input refers to something that does not exist.',
  },
  'geometry-invalid': {
    title: 'Geometry invalid',
    meaning: 'The rings of the area cross or touch where they must not.',
  },
  'empty-area': {
    title: 'Empty area',
    meaning: 'The rule yields no area in the territory of the participants.',
  },
  'nature-of-other-world': {
    title: 'Nature of another world',
    meaning: 'Exercises are written into exercises only, and real events and tests into the actual world.',
  },
  'world-ended': {
    title: 'Exercise has ended',
    meaning: 'An exercise that has ended is read-only; reads go on.',
  },
  'label-out-of-reach': {
    title: 'Label out of reach',
    meaning: 'With this label you could not see what you wrote.',
  },
  'addressee-out-of-reach': {
    title: 'Addressee out of reach',
    meaning: 'Only those who see an incident or a zone can be asked for something about it.',
  },
  'webhook-refused': {
    title: 'Webhook refused',
    meaning: 'Alerts may not be sent to this address, or its receiver failed the challenge.',
  },
  'too-many-to-count': {
    title: 'Too many to count',
    meaning:
      'This question needs features counted one by one, and there are too many: ask for a larger zoom or a shorter period, or filter.',
  },
  'filter-too-costly': {
    title: 'Filter too costly',
    meaning:
      'Without a key a filter may be this large and take the database this long at most: narrow it with `bbox` or `datetime`, or send a key.',
  },
  'sort-too-costly': {
    title: 'Sort too costly',
    meaning:
      'Many features are sorted only by properties whose order an index has: sort by one of those, or ask for a smaller area.',
  },
  'too-many-for-index': {
    title: 'Too many for an index',
    meaning: 'The selection has more features than an indexed file can hold.',
  },
  'not-resumable': {
    title: 'Not resumable',
    meaning:
      'A request for the rest of an answer must say which version its beginning has, and the answer must have ranges. Download it again, or resume at the address with the version.',
  },
  'file-gone': {
    title: 'File gone',
    meaning: 'This version of a file is not there any more, so its rest cannot be had. Download it again.',
  },
  'too-many-requests': {
    title: 'Too many requests',
    meaning: 'The key or the address has used up its limit; the header `Retry-After` says for how long.',
  },
  'too-many-streams': {
    title: 'Too many streams',
    meaning: 'The key or the address has reached its limit of open streams: close one, or share one.',
  },
  internal: {
    title: 'Internal error',
    meaning: 'The service failed, not the request. The failure was logged.',
  },
  unavailable: { title: 'Unavailable', meaning: 'The service cannot answer at the moment; try again later.' },
  restored: {
    title: 'Restored',
    meaning: 'The database came from a backup, and its operator has not opened the service yet.',
  },
  timeout: { title: 'Timed out', meaning: 'The answer took longer than a request may take.' },
  'no-room': {
    title: 'No room',
    meaning:
      'The disk of the service has no room for the file, or that of the database for the change; `detail` says what to do.',
  },
} satisfies Record<string, { title: string; meaning: string }>;
