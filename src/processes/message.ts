/** Where a process stands among its siblings. */
export interface ProcessPlace {
  number: number;
  count: number;
  /** A folder for sockets that only this service may open. */
  folder: string;
}

/** From a process to its supervisor. */
export type FromProcess =
  | { kind: 'join' }
  /** It answers its siblings, and takes connections. */
  | { kind: 'ready' }
  /** It takes no more connections. */
  | { kind: 'ending' }
  | { kind: 'took'; id: number }
  | { kind: 'ask'; id: number; topic: string; message: unknown }
  | { kind: 'reply'; id: number; message: unknown };

/** From the supervisor to a process. */
export type ToProcess =
  | { kind: 'place'; place: ProcessPlace }
  /** Comes with a connection, unless that is closed by now. */
  | { kind: 'connection'; id: number }
  | { kind: 'ask'; id: number; topic: string; message: unknown }
  | { kind: 'answers'; id: number; messages: unknown[] };
