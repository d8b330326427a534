import type { Database } from '../db/database.ts';
import { type Sql, sql } from '../db/sql.ts';

const CHUNK = 5000;
const MOST_LISTED = 100;

/** The end of the chain at a given time. */
export interface ChainHead {
  seq: string;
  hash: string;
}

/** An entry without a seal. */
export interface UnsealedEntry {
  at: string;
  agency: string | null;
  action: string;
  collection: string;
  target: string | null;
}

export interface ChainVerdict {
  /** Number of correct links. */
  whole: string;
  broken?: { seq: string; reason: string };
  unsealed: { count: number; oldest: readonly UnsealedEntry[] };
}

/** The whole log, as the sealing role: the service itself sees only what its caller may see. */
export const auditChain = (db: Database) => {
  const ask = <Row>(statement: Sql) => db.maintain<Row>('tripoint_sealer', statement);
  const askOne = <Row>(statement: Sql) => db.maintainOne<Row>('tripoint_sealer', statement);

  return {
    /** Chains all entries without a seal and returns their number. `isThorough`: searches the whole log. */
    async seal({ isThorough = false } = {}): Promise<number> {
      let all = 0;
      for (let sealed = CHUNK; sealed === CHUNK; all += sealed) {
        const row = await askOne<{ sealed: number }>(
          sql`SELECT base.seal_audit(${CHUNK}, is_thorough => ${isThorough}) AS sealed`,
        );
        sealed = row.sealed;
      }
      return all;
    },

    async head(): Promise<ChainHead | undefined> {
      const [head] = await ask<ChainHead>(
        sql`SELECT s.seq::text, encode(s.hash, 'hex') AS hash FROM base.audit_seal AS s ORDER BY s.id DESC LIMIT 1`,
      );
      return head;
    },

    /** Recomputes every hash; `kept` is a head stored elsewhere. */
    async verify(kept?: ChainHead): Promise<ChainVerdict> {
      const walk = startWalk(kept);
      for (let links = await ask<ChainLink>(linksAfter(walk.last().id)); walk.goOn(links); )
        links = await ask<ChainLink>(linksAfter(walk.last().id));
      const unsealed = await askOne<ChainVerdict['unsealed']>(UNSEALED);
      const broken = walk.fault();
      return { whole: walk.last().seq, ...(broken && { broken }), unsealed };
    },

    /** JSON Lines. `hash` is the SHA-256 of the bytes of `prevHash` and the UTF-8 of `text`; `entry` is for humans. */
    async export(write: (text: string) => Promise<void>): Promise<void> {
      for (let last: string = BEFORE_ALL.id; ; ) {
        const rows = await ask<{ id: string; line: string }>(linesAfter(last));
        if (rows.length === 0) return;
        await write(`${rows.map(({ line }) => line).join('\n')}\n`);
        last = rows.at(-1)!.id;
      }
    },
  };
};

interface SealedHead extends ChainHead {
  id: string;
}

interface ChainLink extends SealedHead {
  prev_hash: string;
  /** The hash of the current entry; null: the entry is missing. */
  computed: string | null;
  has_readers: boolean;
}

const BEFORE_ALL: SealedHead = {
  id: '00000000-0000-0000-0000-000000000000',
  seq: '0',
  hash: '00'.repeat(32),
};

/** Walks the chain up to the first broken link. */
function startWalk(kept: ChainHead | undefined) {
  let last = BEFORE_ALL;
  let fault: ChainVerdict['broken'];
  let isHeld = kept === undefined;
  return {
    last: () => last,
    /** false: the end, or a fault. */
    goOn(links: readonly ChainLink[]): boolean {
      for (const link of links) {
        const reason = faultOf(last, link);
        if (reason) fault = { seq: link.seq, reason };
        if (fault) return false;
        last = link;
        isHeld ||= link.seq === kept?.seq && link.hash === kept.hash;
      }
      return links.length > 0;
    },
    fault: (): ChainVerdict['broken'] =>
      fault ??
      (isHeld ? undefined : { seq: kept!.seq, reason: 'the head that was kept is not in the chain' }),
  };
}

function faultOf(last: SealedHead, link: ChainLink): string | undefined {
  const expected = BigInt(last.seq) + 1n;
  if (BigInt(link.seq) !== expected) return `link ${expected} is missing before it`;
  if (link.prev_hash !== last.hash) return 'it does not follow from the link before it';
  if (link.computed === null) return 'its entry is missing';
  if (link.computed !== link.hash) return 'its entry was changed';
  return link.has_readers ? undefined : 'who may see it was changed';
}

const links = sql`base.audit_seal AS s LEFT JOIN base.audit_entry AS e ON e.txid = s.txid AND e.id = s.entry`;

const linksAfter = (id: string): Sql => sql`
  SELECT s.id, s.seq::text, encode(s.prev_hash, 'hex') AS prev_hash, encode(s.hash, 'hex') AS hash,
         CASE WHEN e.id IS NOT NULL
           THEN encode(sha256(s.prev_hash || convert_to(base.audit_text(e), 'UTF8')), 'hex') END AS computed,
         s.readers = base.audit_readers(e) AS has_readers
  FROM ${links} WHERE s.id > ${id} ORDER BY s.id LIMIT ${CHUNK}`;

const linesAfter = (id: string): Sql => sql`
  SELECT s.id, json_build_object('seq', s.seq, 'prevHash', encode(s.prev_hash, 'hex'),
           'hash', encode(s.hash, 'hex'), 'text', base.audit_text(e), 'entry', base.audit_json(e))::text AS line
  FROM ${links} WHERE s.id > ${id} ORDER BY s.id LIMIT ${CHUNK}`;

const UNSEALED = sql`
  WITH unsealed AS (
    SELECT e.id, e.at, e.agency, e.action, e.collection, e.target FROM base.audit_entry AS e
    WHERE NOT EXISTS (SELECT 1 FROM base.audit_seal AS s WHERE s.txid = e.txid AND s.entry = e.id)
  )
  SELECT (SELECT count(*)::int FROM unsealed) AS count,
    (SELECT coalesce(json_agg(json_build_object('at', tripoint.utc(o.at), 'agency', o.agency, 'action', o.action,
       'collection', o.collection, 'target', o.target) ORDER BY o.id), '[]')
     FROM (SELECT u.* FROM unsealed AS u ORDER BY u.id LIMIT ${MOST_LISTED}) AS o) AS oldest`;
