/** One fault of the input, for `errors[]` of a problem document. */
export interface FieldError {
  in: 'path' | 'query' | 'body' | 'header';
  path: string;
  message: string;
}

export interface ProblemSpec {
  status: number;
  /** Last part of the type URI: `/problems/<slug>`. */
  slug: string;
  /** Default: the title of the slug in the table below. */
  title?: string;
  /** A sentence with the bad value and, if there is one, the remedy. */
  detail: string;
  errors?: readonly FieldError[] | undefined;
  /** Further members of the document. */
  extra?: Record<string, unknown> | undefined;
  headers?: Record<string, string> | undefined;
}

export interface ProblemType {
  title: string;
  meaning: string;
}

/** Meaning of each type URI, served at `/problems/<slug>`. Features add theirs with `defineProblemTypes`. */
export const PROBLEM_TYPES: Record<string, ProblemType> = {
  'invalid-request': {
    title: 'Invalid request',
    meaning:
      'A part of the path, the query or the body is not what the operation takes; `errors` says which.',
  },
  'invalid-json': { title: 'Invalid JSON', meaning: 'The body is not JSON; `detail` says where it breaks.' },
  'key-needed': { title: 'Key needed', meaning: 'The operation needs a valid key, and none was shown.' },
  'role-needed': { title: 'Role needed', meaning: 'The key is valid, but has no role that may do this.' },
  'not-found': { title: 'Not found', meaning: 'There is nothing here that this caller may see.' },
  'method-not-allowed': {
    title: 'Method not allowed',
    meaning: 'The path exists, but not with this method; the header `Allow` lists the methods it has.',
  },
  'body-too-slow': { title: 'Body too slow', meaning: 'The body did not arrive within the time allowed.' },
  conflict: { title: 'Conflict', meaning: 'The request contradicts what is stored.' },
  'already-exists': {
    title: 'Exists already',
    meaning: 'Something with this id or identity exists already.',
  },
  'reference-missing': {
    title: 'Reference missing',
    meaning: 'The input refers to something that does not exist.',
  },
  'rule-broken': { title: 'Rule broken', meaning: 'The input breaks a rule of the data; `detail` names it.' },
  'precondition-failed': {
    title: 'Precondition failed',
    meaning: 'The thing was changed by someone else since the version named in `If-Match`: read it again.',
  },
  'body-too-large': { title: 'Body too large', meaning: 'The body is longer than the operation takes.' },
  'head-too-large': {
    title: 'Address or headers too large',
    meaning: 'The address and the headers are longer than the service takes.',
  },
  'unsupported-media-type': {
    title: 'Unsupported media type',
    meaning: 'The operation does not take a body of this Content-Type, charset or encoding.',
  },
  'too-many-requests': {
    title: 'Too many requests',
    meaning:
      'The limit of the key, or of the address, is used up; the header `Retry-After` says for how long.',
  },
  unprocessable: { title: 'Unprocessable', meaning: 'The input is well-formed, but breaks a rule.' },
  internal: {
    title: 'Internal error',
    meaning: 'A fault of the service, not of the request. It was logged.',
  },
  unavailable: { title: 'Unavailable', meaning: 'The service cannot answer at the moment; try again later.' },
  timeout: { title: 'Timed out', meaning: 'The answer took longer than the time allowed for a request.' },
};

/** Registers problem types of a feature, so that their type URIs resolve. */
export const defineProblemTypes = (types: Record<string, ProblemType>): void => {
  Object.assign(PROBLEM_TYPES, types);
};

export const problemType = (slug: string): ProblemType | undefined =>
  Object.hasOwn(PROBLEM_TYPES, slug) ? PROBLEM_TYPES[slug] : undefined;

/** `id-taken` becomes `Id taken` if the table has no title. */
export const titleOf = (slug: string): string =>
  problemType(slug)?.title ?? slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');
