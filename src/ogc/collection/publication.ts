/** How the service presents itself to clients of OGC API. */
export interface Publication {
  title: string;
  description: string;
  attribution: string;
}
