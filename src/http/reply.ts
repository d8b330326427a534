import type { Readable } from 'node:stream';
import type { FileBody } from './file.reply.ts';
import type { Html } from './html.ts';

/** JSON text from the database, sent unchanged. */
export class JsonText {
  readonly bytes: Buffer;
  constructor(text: string | Buffer) {
    this.bytes = typeof text === 'string' ? Buffer.from(text) : text;
  }
}

export interface Reply {
  /** Default: the lowest documented 2xx. */
  status?: number;
  /** Default: the documented media type of the status. */
  mediaType?: string;
  headers?: Record<string, string>;
  /** A string or bytes are sent unchanged if the media type is not JSON. */
  body?: unknown | JsonText | Readable;
  /** Instead of `body`. */
  file?: FileBody;
  /** Renders the HTML page from the JSON document in `body`; `self` is the URL of the request. */
  // biome-ignore lint/suspicious/noExplicitAny: the document is what the operation describes
  html?: (document: any, self: URL) => Html;
}

export const geojson = (body: unknown): Reply => ({ mediaType: 'application/geo+json', body });

export const created = (location: string, body: unknown, mediaType?: string): Reply => ({
  status: 201,
  headers: { Location: location },
  body,
  ...(mediaType !== undefined && { mediaType }),
});

export const noContent = (): Reply => ({ status: 204 });
