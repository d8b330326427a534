/** One page of features: their JSON as the database wrote it, and the cursor behind the last one, if more follow. */
export interface Page {
  features: string;
  numberReturned: number;
  next: string | undefined;
}

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}
