/** One page of features: JSON from the database, and the cursor after the last one if more follow. */
export interface Page {
  features: string;
  numberReturned: number;
  next: string | undefined;
  /** Further members of the collection, such as the revision of a zone. */
  about?: Record<string, unknown>;
}

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  /** Rows to skip from there on. */
  offset?: number | undefined;
  /** A cursor: its row is the last one of the page. */
  until?: string | undefined;
}
