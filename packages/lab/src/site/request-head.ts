/** The parts of an HTTP/1.1 request that the lab looks at. */
export interface RequestHead {
  method: string;
  /** Path without query. */
  path: string;
  /** Host header in lower case, without port; '' where there is none. */
  host: string;
  keepAlive: boolean;
  acceptEncoding: string;
}

/** Reads the head of a request, given as latin1 text without the empty line at its end; null where it is malformed. */
export function readRequestHead(head: string): RequestHead | null {
  const lineEnd = head.indexOf('\r\n');
  const line = lineEnd < 0 ? head : head.slice(0, lineEnd);
  const match = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(line);
  if (match === null) return null;
  const [, method = '', target = '', minor] = match;
  const connection = headerOf(head, 'connection').toLowerCase();
  return {
    method,
    path: pathOf(target),
    host: hostOf(headerOf(head, 'host').toLowerCase()),
    keepAlive: minor === '1' ? !connection.includes('close') : connection.includes('keep-alive'),
    acceptEncoding: headerOf(head, 'accept-encoding').toLowerCase(),
  };
}

function pathOf(target: string): string {
  // The absolute form comes from clients that talk to a proxy (RFC 9112, section 3.2.2).
  const path = target.startsWith('http') ? target.replace(/^https?:\/\/[^/]*/, '') || '/' : target;
  const query = path.indexOf('?');
  return query < 0 ? path : path.slice(0, query);
}

function hostOf(host: string): string {
  const colon = host.lastIndexOf(':');
  const name = colon < 0 ? host : host.slice(0, colon);
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function headerOf(head: string, name: string): string {
  const match = new RegExp(`\\r\\n${name}:[ \\t]*([^\\r\\n]*)`, 'i').exec(head);
  return match?.[1]?.trim() ?? '';
}
