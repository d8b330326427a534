import type { Readable } from 'node:stream';
import type { FileBody } from './file.reply.ts';
import type { PageAddress } from './html.frame.ts';
import type { Html } from './html.ts';
import type { PassOn } from './pass.on.ts';

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
  /** Path of the created resource, relative to the base path as paths of operations are. */
  location?: string;
  /** A string or bytes are sent unchanged if the media type is not JSON. */
  body?: unknown | JsonText | Readable;
  /** Instead of `body`. */
  file?: FileBody;
  /** Instead of everything: another process answers. */
  passOn?: PassOn;
  /** Renders the HTML page from the JSON document in `body`. */
  // biome-ignore lint/suspicious/noExplicitAny: the document is what the operation describes
  html?: (document: any, at: PageAddress) => Html;
}

export const geojson = (body: unknown): Reply => ({ mediaType: 'application/geo+json', body });

export const created = (location: string, body: unknown, mediaType?: string): Reply => ({
  status: 201,
  location,
  body,
  ...(mediaType !== undefined && { mediaType }),
});

export const noContent = (): Reply => ({ status: 204 });

/** On to another address, with GET (RFC 9110 §15.4.4). */
export const seeOther = (address: string): Reply => ({ status: 303, headers: { Location: address } });
