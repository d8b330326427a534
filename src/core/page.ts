/** One page of features: their JSON as the database wrote it, and the cursor behind the last one, if more follow. */
export interface Page {
  features: string;
  numberReturned: number;
  next: string | undefined;
  /** Further members of the collection, such as what of a zone was asked about. */
  about?: Record<string, unknown>;
}

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  /** A cursor too: the row it stands on is the last one. */
  until?: string | undefined;
}
