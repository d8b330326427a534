export interface Sealer {
  /** Seals what is left, and stops. */
  stop(): Promise<void>;
}

export interface SealerOptions {
  /** Chains some entries; true: there are more. */
  seal: () => Promise<boolean>;
  /** Told once of what only a person can mend. */
  warn: (sentence: string) => void;
  everyMs?: number;
}

const EVERY_MS = 500;
const NOT_ALLOWED = '42501';

/** Chains the entries of the audit log again and again. Of several processes one does it at a time. */
export function startSealer({ seal, warn, everyMs = EVERY_MS }: SealerOptions): Sealer {
  let isOver = false;
  let passing: Promise<void> | undefined;
  const timer = setInterval(() => {
    passing ??= pass();
  }, everyMs);
  timer.unref();

  async function pass(): Promise<void> {
    try {
      let isMore = !isOver;
      while (isMore) isMore = await seal();
    } catch (error) {
      giveUpIfForbidden(error as { code?: string });
    } finally {
      passing = undefined;
    }
  }

  // a database that is away comes back: the entries wait in it
  function giveUpIfForbidden({ code }: { code?: string }): void {
    if (code !== NOT_ALLOWED || isOver) return;
    isOver = true;
    clearInterval(timer);
    warn(
      'The audit log is not sealed: the login of the service is not a member of tripoint_sealer. Grant it, or set AUDIT_SEALING=off and run elsewhere: tripoint audit seal --every 1',
    );
  }

  return {
    async stop() {
      clearInterval(timer);
      await passing;
      await pass();
      isOver = true;
    },
  };
}
