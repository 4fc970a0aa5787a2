import { isIPv4, isIPv6, type Socket } from 'node:net';
import type { Proxy } from '@domainflow/domain/http/proxy-pool.ts';
import ipaddr from 'ipaddr.js';
import { brokenProxy, refusedByProxy } from './proxy-failure.ts';
import type { SocketReader } from './socket-reader.ts';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_AND_PASSWORD = 2;
const CONNECT = 1;
const IPV4 = 1;
const DOMAIN = 3;
const IPV6 = 4;

/** RFC 1928, section 6. */
const REPLIES: readonly string[] = [
  'succeeded',
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
];

/**
 * Asks a SOCKS5 proxy (RFC 1928, credentials after RFC 1929) for a connection. A host name goes to the proxy as it is:
 * nobody else is asked about it.
 */
export async function socks5Connect(
  socket: Socket,
  reader: SocketReader,
  { username, password }: Proxy,
  host: string,
  port: number,
): Promise<void> {
  const hasCredentials = username !== null || password !== null;
  const methods = hasCredentials ? [NO_AUTHENTICATION, USER_AND_PASSWORD] : [NO_AUTHENTICATION];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await reader.octets(2);
  if (version !== VERSION)
    throw brokenProxy(`The proxy does not speak SOCKS5: it answers with ${version}`, 'protocol');
  if (method === USER_AND_PASSWORD && hasCredentials) {
    const user = Buffer.from(username ?? '', 'utf8');
    const secret = Buffer.from(password ?? '', 'utf8');
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([secret.length]), secret]));
    const reply = await reader.octets(2);
    if (reply[1] !== 0) throw brokenProxy('SOCKS5: the proxy refused the credentials', 'credentials');
  } else if (method !== NO_AUTHENTICATION) {
    throw brokenProxy(
      hasCredentials || method === 0xff
        ? 'SOCKS5: the proxy accepts none of our ways to authenticate'
        : `SOCKS5: the proxy chose method ${method}, which was not offered`,
      'credentials',
    );
  }
  const target = Buffer.concat([
    Buffer.from([VERSION, CONNECT, 0]),
    addressOf(host),
    Buffer.from([port >> 8, port & 0xff]),
  ]);
  socket.write(target);
  const [replyVersion, reply, , type] = await reader.octets(4);
  if (replyVersion !== VERSION)
    throw brokenProxy('SOCKS5: the reply to the request is malformed', 'protocol');
  if (reply !== 0) {
    const meaning = REPLIES[reply as number] ?? 'unassigned';
    const detail = `SOCKS5 reply ${reply}: ${meaning}`;
    throw reply === 7 || reply === 8 ? brokenProxy(detail, 'protocol') : refusedByProxy(detail);
  }
  // The address that the proxy bound; nothing is done with it.
  if (type === IPV4) await reader.octets(4 + 2);
  else if (type === IPV6) await reader.octets(16 + 2);
  else if (type === DOMAIN) await reader.octets(((await reader.octets(1))[0] as number) + 2);
  else throw brokenProxy(`SOCKS5: the reply has an unknown address type ${type}`, 'protocol');
  if (reader.hasMore)
    throw brokenProxy('SOCKS5: the proxy sent something of its own into the tunnel', 'protocol');
}

function addressOf(host: string): Buffer {
  if (isIPv4(host) || isIPv6(host))
    return Buffer.from([isIPv4(host) ? IPV4 : IPV6, ...ipaddr.parse(host).toByteArray()]);
  const name = Buffer.from(host, 'latin1');
  if (name.length === 0 || name.length > 255) throw refusedByProxy('The name is too long for SOCKS5');
  return Buffer.concat([Buffer.from([DOMAIN, name.length]), name]);
}
