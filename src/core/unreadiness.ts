/** Why the service is not ready, in a word. */
export type UnreadyReason =
  | 'unreachable' // the database does not answer
  | 'schema' // its structure is not that of this program
  | 'read-only' // it takes no writes, such as after a failover
  | 'disk-full'
  | 'jobs' // a job may not run, or keeps failing
  | 'feed' // a long transaction holds the change feed back
  | 'sealing'; // audit entries wait for their seal

export interface Unreadiness {
  reason: UnreadyReason;
  /** A sentence for the operator. */
  detail: string;
}
