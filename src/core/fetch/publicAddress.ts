import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Addresses of IPv4 that are nobody's in public: private networks, this machine, documentation, multicast and reserved
 * (https://www.iana.org/assignments/iana-ipv4-special-registry).
 */
const specialOfIPv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 within what is given out for public use (https://www.iana.org/assignments/iana-ipv6-special-registry). */
const specialOfIPv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

/** How networks of IPv6 alone write the addresses of IPv4 (RFC 6052). */
const translated = '64:ff9b::';

const special = new BlockList();
const global = new BlockList();
for (const [network, prefix] of specialOfIPv4) {
  special.addSubnet(network, prefix, 'ipv4');
  special.addSubnet(`${translated}${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of specialOfIPv6) special.addSubnet(network, prefix, 'ipv6');
global.addSubnet('2000::', 3, 'ipv6');
global.addSubnet(translated, 96, 'ipv6');

/** Whether an address of IPv4 or IPv6 can be one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const [plain = ''] = address.split('%', 1);
  if (!isIP(plain)) return false;
  if (isIPv4(plain)) return !special.check(plain, 'ipv4');
  return global.check(plain, 'ipv6') && !special.check(plain, 'ipv6');
}

/** Names that are never looked up in public (RFC 6761, 6762, 8375, and ICANN's `internal`). */
const privateName = /(?:^|\.)(?:localhost|local|internal|home\.arpa|test|invalid|onion)\.?$/u;

/** Whether a host of a URL, a name or an address, can be one of the public internet, as far as it says itself. */
export function mayBePublicHost(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/gu, '');
  if (isIP(address)) return isPublicAddress(address);
  return hostname.replace(/\.$/u, '').includes('.') && !privateName.test(hostname);
}
