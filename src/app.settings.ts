import type { AccessSettings } from './access/access.feature.ts';
import type { AuditSettings } from './audit/audit.feature.ts';
import type { Siblings } from './core/siblings.ts';
import { STREAM_SETTINGS, type StreamSettings } from './exchange/stream/stream.hub.ts';
import { targetGuard } from './exchange/webhooks/target.guard.ts';
import type { WebhookTargets } from './exchange/webhooks/webhook.feature.ts';
import type { RetentionRule } from './features/retention/retention.rules.ts';
import { BODY_LIMIT_BYTES } from './http/body.reader.ts';
import { MOST_ROWS } from './http/paging.ts';
import type { LayerSettings } from './ogc/layer.facade.ts';

export interface AppSettings {
  access?: Omit<AccessSettings, 'siblings'>;
  audit?: AuditSettings;
  /** The other processes of this service. Default: none. */
  siblings?: Siblings | undefined;
  layers?: LayerSettings;
  /** Limits and timings of streams. */
  streams?: Partial<StreamSettings>;
  /** Default: the public internet only. */
  webhookTargets?: WebhookTargets;
  retention?: readonly RetentionRule[];
  keptDays?: { alerts: number; changes: number };
  /** Ends the demo after the first own admin key. */
  endDemo?: (() => Promise<void>) | undefined;
  /** Aborted at shutdown: waiting requests are then answered. With the reason RESTORED streams say so at their end. */
  ending?: AbortSignal;
  /** Whether the database was restored, or perhaps, and is not open yet. */
  isClosed?: () => boolean;
}

export const KEPT_DAYS = { alerts: 365, changes: 30 };
export const PUBLIC_TARGETS: WebhookTargets = { guard: targetGuard(), timeoutSeconds: 10 };

/** Limits of each caller, as it reads them. */
export const limitsOf = ({ access, streams }: AppSettings) => ({
  requestsPerMinute: access?.rateLimits?.perKey || null,
  streams: streams?.mostPerCaller ?? STREAM_SETTINGS.mostPerCaller,
  pageRows: MOST_ROWS,
  bodyBytes: BODY_LIMIT_BYTES,
});
