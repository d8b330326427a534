import type { RequestHandler } from 'express';
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ALONE, type Siblings } from '../core/siblings.ts';
import type { UnreadyReason } from '../core/unreadiness.ts';
import { isPassedOn } from './passed.on.ts';

export interface PoolStats {
  total: number;
  idle: number;
  lanes: { lane: string; taken: number; waiting: number }[];
}

/** A figure that is computed when metrics are scraped. */
export interface Figure {
  name: string;
  help: string;
  read: () => Promise<number>;
  /** Of seconds: why the service is not ready when they are too many. */
  reason?: UnreadyReason;
  /** Whether each process has its own number, which are added. Default: all read the same. */
  isOfProcess?: true;
}

type Metrics = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;
const METRICS = 'metrics';
const LABELS = ['method', 'route', 'status'];
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics with their own registry, so that two apps in one process do not mix theirs. */
export function createMetrics(
  poolStats: () => PoolStats,
  figures: readonly Figure[] = [],
  siblings: Siblings = ALONE,
) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  processGauge(registry);
  poolGauge(registry, poolStats);
  for (const figure of figures) figureGauge(registry, figure);
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Answered requests.',
    labelNames: LABELS,
    registers,
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers,
  });

  const measure: RequestHandler = (req, res, next) => {
    const startedMs = performance.now();
    const { method } = req;
    if (isPassedOn(req)) return next();
    res.on('close', () => {
      const { route = 'unknown' } = res.locals;
      requests.inc({ method, route, status: res.statusCode });
      durations.observe({ method, route }, (performance.now() - startedMs) / 1000);
    });
    next();
  };
  siblings.answer(METRICS, () => registry.getMetricsAsJSON());
  const expose: RequestHandler = async (_req, res) => {
    if (siblings.count === 1) return void res.type(registry.contentType).send(await registry.metrics());
    const all = [await registry.getMetricsAsJSON(), ...(await siblings.ask<Metrics>(METRICS))];
    const sum = AggregatorRegistry.aggregate(all);
    res.type(registry.contentType).send(await sum.metrics());
  };
  return { measure, expose };
}

function processGauge(registry: Registry): void {
  const gauge = new Gauge({
    name: 'service_processes',
    help: 'Processes of the service that answer.',
    registers: [registry],
  });
  gauge.set(1);
}

function poolGauge(registry: Registry, poolStats: () => PoolStats): void {
  new Gauge({
    name: 'db_pool_connections',
    help: 'Connections of the database pool by state.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle } = poolStats();
      this.set({ state: 'total' }, total);
      this.set({ state: 'idle' }, idle);
    },
  });
  new Gauge({
    name: 'db_lane_statements',
    help: 'Statements by lane: taken, with a connection; waiting, without one.',
    labelNames: ['lane', 'state'],
    registers: [registry],
    collect() {
      for (const { lane, taken, waiting } of poolStats().lanes) {
        this.set({ lane, state: 'taken' }, taken);
        this.set({ lane, state: 'waiting' }, waiting);
      }
    },
  });
}

function figureGauge(registry: Registry, { name, help, read, isOfProcess }: Figure): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    aggregator: isOfProcess ? 'sum' : 'first',
    async collect() {
      // a database failure must not hide the other metrics
      this.set(await read().catch(() => Number.NaN));
    },
  });
}
