import type { AccessSettings } from './access/access.feature.ts';
import type { AuditSettings } from './audit/audit.feature.ts';
import type { StreamSettings } from './exchange/stream/stream.hub.ts';
import { targetGuard } from './exchange/webhooks/target.guard.ts';
import type { WebhookTargets } from './exchange/webhooks/webhook.feature.ts';
import type { RetentionRule } from './features/retention/retention.rules.ts';
import type { LayerSettings } from './ogc/layer.facade.ts';

export interface AppSettings {
  access?: AccessSettings;
  audit?: AuditSettings;
  layers?: LayerSettings;
  /** How many there may be, and how they are watched. */
  streams?: Partial<StreamSettings>;
  /** Default: the internet, and nothing that is private. */
  webhookTargets?: WebhookTargets;
  retention?: readonly RetentionRule[];
  keptDays?: { alerts: number; changes: number };
  /** Ends what must not outlive the first admin key of its own. */
  endDemo?: (() => Promise<void>) | undefined;
  /** Requests that wait for something are answered when it is aborted. */
  ending?: AbortSignal;
}

export const KEPT_DAYS = { alerts: 365, changes: 30 };
export const PUBLIC_TARGETS: WebhookTargets = { guard: targetGuard(), timeoutSeconds: 10 };
