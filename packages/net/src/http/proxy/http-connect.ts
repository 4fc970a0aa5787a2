import type { Socket } from 'node:net';
import type { Proxy } from '@domainflow/domain/http/proxy-pool.ts';
import { brokenProxy, refusedByProxy } from './proxy-failure.ts';
import type { SocketReader } from './socket-reader.ts';

const HEAD_CAP_BYTES = 16_384;
const INTERIM_RESPONSES = 16;
/** 407, and 401 of some: our credentials. 405 and 501: it is no proxy. All else is about the target. */
const OF_PROXY = new Set([401, 405, 407, 501]);

/** The value of `Proxy-Authorization` (RFC 7617, UTF-8); null for a proxy without credentials. */
export const proxyAuthorization = ({ username, password }: Proxy): string | null =>
  username === null && password === null
    ? null
    : `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`, 'utf8').toString('base64')}`;

/** Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6). `authority`: host and port, IPv6 in brackets. */
export async function httpConnect(
  socket: Socket,
  reader: SocketReader,
  proxy: Proxy,
  authority: string,
  userAgent: string,
): Promise<void> {
  const authorization = proxyAuthorization(proxy);
  const fields = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    `User-Agent: ${userAgent}`,
    ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`]),
  ];
  socket.write(`${fields.join('\r\n')}\r\n\r\n`, 'latin1');
  for (let interim = 0; ; interim++) {
    if (interim > INTERIM_RESPONSES)
      throw brokenProxy('The proxy sends interim responses without end', 'protocol');
    const head = (await reader.throughBlankLine(HEAD_CAP_BYTES)).toString('latin1');
    const status = /^HTTP\/1\.[01] +([1-9][0-9]{2})([^\r\n]*)/.exec(head);
    if (status === null)
      throw brokenProxy(`The proxy does not speak HTTP: ${JSON.stringify(head.slice(0, 60))}`, 'protocol');
    const code = Number(status[1]);
    if (code < 200) continue;
    if (code < 300) {
      if (reader.hasMore)
        throw brokenProxy('The proxy sent something of its own into the tunnel', 'protocol');
      return;
    }
    const detail = `CONNECT was answered with ${code}${(status[2] ?? '').trimEnd()}${errorIn(head)}`;
    const failure = OF_PROXY.has(code)
      ? brokenProxy(detail, code === 407 || code === 401 ? 'credentials' : 'protocol')
      : refusedByProxy(detail);
    failure.connectStatus = code;
    failure.isSigned = SIGNATURE.test(head);
    throw failure;
  }
}

/** By what `open-proxied.ts` knows the answers of a proxy itself. */
const SIGNATURE = /^(?:X-Squid-Error:|Proxy-Status:|Server:[ \t]*(?:tinyproxy|squid|privoxy)\b)/im;

/** What squid and proxies after RFC 9209 say of the cause. */
function errorIn(head: string): string {
  const field = /^(?:X-Squid-Error|Proxy-Status):[ \t]*([^\r\n]{1,200})/im.exec(head);
  return field === null ? '' : ` (${field[1]?.trim()})`;
}
