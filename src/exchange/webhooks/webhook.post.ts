import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { message } from '../../core/catalogue.ts';
import type { Message } from '../../core/messages/message.ts';
import { FORBIDDEN, forbidden, hostOf, type TargetGuard } from './target.guard.ts';
import { signaturesOf } from './webhook.signature.ts';

/** The result of a request: an answer or an error, never an exception. */
export interface PostResult {
  at: Date;
  durationMs: number;
  status?: number;
  /** In our own words: the receiver's text is not repeated. */
  error?: Message;
  retryAfter?: string | undefined;
  /** The beginning of the answer. */
  text?: string;
}

export interface PostSettings {
  guard: TargetGuard;
  timeoutMs: number;
  /** Aborts the request. */
  ending?: AbortSignal | undefined;
}

export interface WebhookMessage {
  /** The webhook-id. */
  id: string;
  url: string;
  body: string;
  secrets: readonly Buffer[];
}

const CONNECT_WITHIN_MS = 5000;
const MOST_READ = 4096; // bytes read of an answer
const TIMEOUT = 'ERR_TIMEOUT';
const ABORTED = 'aborted';

/** Posts once, without redirects, proxies or connection reuse. */
export function postMessage(sent: WebhookMessage, settings: PostSettings): Promise<PostResult> {
  const url = new URL(sent.url);
  const at = new Date();
  const end = (result: Omit<PostResult, 'at' | 'durationMs'>): PostResult => ({
    ...result,
    at,
    durationMs: Date.now() - at.getTime(),
  });
  return answerOf(url, sent, settings).then(end, (error) => end({ error: faultOf(error) }));
}

async function answerOf(url: URL, sent: WebhookMessage, settings: PostSettings) {
  const { guard, timeoutMs, ending } = settings;
  const host = hostOf(url);
  if (guard.refusal(url) !== undefined || (isIP(host) > 0 && !guard.mayConnect(url, host))) throw forbidden();
  const patience = patienceOf(timeoutMs, ending);
  try {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: headersOf(sent),
      agent: false,
      rejectUnauthorized: true,
      lookup: guard.lookupFor(url),
      signal: patience.signal,
    });
    request.once('socket', (socket) => {
      const isSecure = url.protocol === 'https:';
      socket.once(isSecure ? 'secureConnect' : 'connect', patience.connected);
    });
    const response = await responseTo(request, sent.body);
    const { statusCode: status = 0, headers } = response;
    const text = await beginningOf(response);
    return { status, text, retryAfter: headers['retry-after'] };
  } catch (error) {
    throw patience.signal.aborted ? patience.signal.reason : error;
  } finally {
    patience.end();
  }
}

function headersOf({ id, body, secrets }: WebhookMessage): http.OutgoingHttpHeaders {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  return {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Tripoint',
    'webhook-id': id,
    'webhook-timestamp': timestampSeconds,
    'webhook-signature': signaturesOf({ id, timestampSeconds, body }, secrets),
  };
}

const responseTo = (request: http.ClientRequest, body: string) =>
  new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    // including later errors, when the connection breaks during the answer
    request.on('error', reject);
    request.end(body);
  });

/** An answer counts once its head has arrived: a later failure changes nothing. */
async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of response) {
      pieces.push(piece);
      length += piece.length;
      if (length >= MOST_READ) break;
    }
  } catch {}
  response.destroy();
  return Buffer.concat(pieces).subarray(0, MOST_READ).toString();
}

function patienceOf(timeoutMs: number, ending: AbortSignal | undefined) {
  const controller = new AbortController();
  const stop = (code: string) => () => controller.abort(Object.assign(new Error(code), { code }));
  const timers = [timeoutMs, Math.min(timeoutMs, CONNECT_WITHIN_MS)].map((ms) =>
    setTimeout(stop(TIMEOUT), ms),
  );
  const abort = stop(ABORTED);
  if (ending?.aborted) abort();
  ending?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    connected: () => clearTimeout(timers[1]),
    end() {
      for (const timer of timers) clearTimeout(timer);
      ending?.removeEventListener('abort', abort);
    },
  };
}

function faultOf({ code = '' }: NodeJS.ErrnoException): Message {
  if (code === ABORTED) return message('delivery-stopped');
  if (code === TIMEOUT) return message('receiver-slow');
  if (code === FORBIDDEN) return message('webhook-forbidden');
  if (/^(ENOTFOUND|EAI_)/.test(code)) return message('receiver-unknown');
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return message('receiver-certificate');
  return message(code === 'ECONNREFUSED' ? 'receiver-refused' : 'receiver-broke-off');
}
