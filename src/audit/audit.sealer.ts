export interface Sealer {
  /** Seals the remaining entries, and stops. */
  stop(): Promise<void>;
}

export interface SealerOptions {
  /** Chains some entries; true: there are more. */
  seal: () => Promise<boolean>;
  /** Called once for a problem that needs a person. */
  warn: (sentence: string) => void;
  everyMs?: number;
}

const EVERY_MS = 500;
const NOT_ALLOWED = '42501';

/** Seals the audit log continuously. One process at a time. */
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

  // an unreachable database comes back: its entries wait there
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
