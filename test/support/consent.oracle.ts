import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';

// What the design says of consent, over everything that was accepted so far; knows nothing of tables and faces.

export type Viewer = CountryCode | 'nobody';
export const VIEWERS: readonly Viewer[] = ['nobody', ...COUNTRY_CODES];

interface Revision {
  participants: readonly CountryCode[];
  area: number;
  /** Its validFrom lies far ahead: it never takes effect while the test runs. */
  isForLater: boolean;
}

type Event =
  | { decision: 'approve' | 'reject' | 'withdraw'; revision: number; country: CountryCode }
  | { suspends: number }
  | { agrees: number };

export class ZoneOracle {
  readonly owner: CountryCode;
  readonly revisions: Revision[];
  isProposed: boolean;
  isWithdrawn = false;
  tlp: string;
  private readonly events: Event[] = [];

  constructor(owner: CountryCode, first: Revision, tlp: string, isProposed: boolean) {
    this.owner = owner;
    this.revisions = [first];
    this.tlp = tlp;
    this.isProposed = isProposed;
  }

  get newest(): number {
    return this.revisions.length;
  }

  /** A decision that was accepted. */
  decide(country: CountryCode, revision: number, decision: 'approve' | 'reject' | 'withdraw'): void {
    const before = this.inForce;
    this.events.push({ decision, revision, country });
    if (decision === 'withdraw' && revision === before) this.events.push({ suspends: revision });
    if (this.hasAllConsents(revision)) this.events.push({ agrees: revision });
  }

  /** Every participant's last word about exactly this revision is yes, said since the zone was last suspended. */
  private hasAllConsents(revision: number): boolean {
    const since = this.events.findLastIndex((event) => 'suspends' in event) + 1;
    const lastWord = (country: CountryCode) =>
      this.events
        .slice(since)
        .findLast((event) => 'decision' in event && event.revision === revision && event.country === country);
    return this.of(revision).participants.every((country) => {
      const word = lastWord(country);
      return word !== undefined && 'decision' in word && word.decision === 'approve';
    });
  }

  private of(revision: number): Revision {
    return this.revisions[revision - 1]!;
  }

  private agreed(isForLater: boolean): number | undefined {
    const numbers = this.revisions.map((_, i) => i + 1);
    return numbers.findLast((n) => this.of(n).isForLater === isForLater && this.hasAllConsents(n));
  }

  get inForce(): number | undefined {
    return this.isWithdrawn ? undefined : this.agreed(false);
  }

  /** The last one that took effect, whether it still is in force or was suspended. */
  private get lastInForce(): number | undefined {
    const agreements = this.events.filter((event) => 'agrees' in event).map((event) => event.agrees);
    return agreements.findLast((n) => !this.of(n).isForLater);
  }

  private get coming(): number | undefined {
    const coming = this.agreed(true);
    return coming && coming > (this.lastInForce ?? 0) ? coming : undefined;
  }

  private byLabel(viewer: Viewer): boolean {
    if (this.tlp === 'CLEAR') return true;
    if (viewer === 'nobody') return false;
    return this.tlp === 'GREEN' || viewer === this.owner;
  }

  private takesPart(viewer: Viewer, revision: number): boolean {
    return viewer === this.owner || this.of(revision).participants.includes(viewer as CountryCode);
  }

  /** The revision that somebody is shown as the zone, and its state. */
  shownTo(viewer: Viewer): { revision: number; state: string } | undefined {
    const { lastInForce, coming, newest } = this;
    for (const revision of [lastInForce, coming])
      if (revision && (this.byLabel(viewer) || this.takesPart(viewer, revision)))
        return { revision, state: this.stateOf(revision) };
    const isOpen = newest !== lastInForce && newest !== coming;
    const sees = this.isProposed ? this.takesPart(viewer, newest) : viewer === this.owner;
    return isOpen && sees ? { revision: newest, state: this.stateOf(newest) } : undefined;
  }

  private stateOf(revision: number): string {
    if (!this.isProposed) return 'draft';
    if (this.isWithdrawn) return 'withdrawn';
    if (revision === this.inForce) return 'active';
    return revision === this.lastInForce ? 'suspended' : 'proposed';
  }
}
