import type { Role } from '../../src/core/caller.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';

/** What the rows are about: every label of one country, and a key of each country. */
export interface MatrixWorld {
  things: readonly Thing[];
  keys: readonly { id: string; country: string }[];
  /** Where the feed of changes begins. */
  start: string;
}

export interface Cell {
  path: string;
  method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  mediaType?: string;
  body?(caller: NamedCaller): object | string;
  /** The same request for a missing row: a hidden row must get the same answer. */
  missing?: string;
  /** Its body, if the body names the row. */
  bodyOfMissing?(caller: NamedCaller): object;
}

/** The status for a caller to whom nothing is told. */
export const hiddenFrom = ({ hidden = 404 }: Reading, caller: NamedCaller): number =>
  typeof hidden === 'function' ? hidden(caller) : hidden;

/** A question whose answer hangs on who asks. */
export interface Reading extends Cell {
  /** What of the answer is compared with what the oracle says. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of all operations
  tells(body: any): unknown;
  /** What the caller is to be told; undefined: for it there is no such thing. */
  sees(caller: NamedCaller): unknown;
  /** How what is not there is answered. Default: 404. */
  hidden?: number | ((caller: NamedCaller) => number);
}

export interface ReadRow {
  /** Who may ask at all; left out: anyone. */
  roles?: readonly Role[];
  /** Left out: everyone is told the same. */
  readings?: readonly Reading[];
  /** Of that. */
  open?: readonly string[];
}

/** A write whose outcome hangs on who tries. */
export interface Writing extends Cell {
  method: 'post' | 'put' | 'patch' | 'delete';
  /** The status for a caller whose role may. */
  status(caller: NamedCaller): number;
}

export interface WriteRow {
  roles: readonly Role[];
  writings: readonly Writing[];
}
