import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { message } from '../../core/catalogue.ts';
import type { Message } from '../../core/messages/message.ts';

/** Allowed webhook targets: the public internet by https, and those that WEBHOOK_ALLOW names. */
export interface TargetGuard {
  /** The fault of a URL as written; resolved addresses are checked on connect. */
  refusal(url: URL): Message | undefined;
  mayConnect(url: URL, address: string): boolean;
  /** Gives a connection only allowed addresses: the checked address is the one connected to. */
  lookupFor(url: URL): LookupFunction;
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;
type Resolve = (
  name: string,
  options: { all: true; family?: number; hints?: number },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const USUAL_PORTS = new Set(['', '443', '8443']);
// ipaddr.js also calls addresses unicast that have no use on the internet, such as ::127.0.0.1
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

export const FORBIDDEN = 'ERR_FORBIDDEN_TARGET';

export function targetGuard(allowed: readonly string[] = [], resolve: Resolve = systemLookup): TargetGuard {
  const names = new Set(allowed.filter((entry) => !networkOf(entry)).map((name) => name.toLowerCase()));
  const networks = allowed.map(networkOf).filter((network) => network !== undefined);
  const isNamed = (url: URL) => names.has(hostOf(url).replace(/\.$/, ''));

  const guard: TargetGuard = {
    mayConnect(url, address) {
      if (isNamed(url) || isWithin(networks, address)) return true;
      return isUsual(url) && isPublic(address);
    },

    refusal(url) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return message('webhook-not-https');
      if (url.username || url.password) return message('webhook-with-password');
      const host = hostOf(url);
      const isKnown = isIP(host) > 0;
      if (isKnown && !guard.mayConnect(url, host)) return message('webhook-forbidden');
      const mayTurnOut = isKnown || isUsual(url) || isNamed(url) || networks.length > 0;
      return mayTurnOut ? undefined : message('webhook-port');
    },

    lookupFor: (url) => (name, options, callback) =>
      resolve(name, { ...(options as object), all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        const open = addresses.filter(({ address }) => guard.mayConnect(url, address));
        const [first] = open;
        if (!first) return callback(forbidden(), '');
        if (options.all) return callback(null, open);
        callback(null, first.address, first.family);
      }),
  };
  return guard;
}

/** Without the brackets of IPv6. The URL class normalises other spellings of IPv4. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

export const forbidden = (): NodeJS.ErrnoException =>
  Object.assign(new Error('The address is not allowed.'), { code: FORBIDDEN });

/** undefined: a host name, or invalid. */
export function networkOf(entry: string): Network | undefined {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const most = family === 4 ? 32 : 128;
  return Number(prefix ?? most) <= most ? ipaddr.parseCIDR(`${address}/${prefix ?? most}`) : undefined;
}

const isUsual = ({ protocol, port }: URL): boolean => protocol === 'https:' && USUAL_PORTS.has(port);

/** IPv4-mapped IPv6 is treated as IPv4. */
function isWithin(networks: readonly Network[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const one = ipaddr.process(address);
  return networks.some((network) => one.kind() === network[0].kind() && one.match(network));
}

function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const one = ipaddr.parse(address);
  return one.range() === 'unicast' && (one.kind() === 'ipv4' || one.match(GLOBAL_UNICAST));
}
