import type { Socket } from 'node:net';

/** What a client asked a proxy for. */
export interface ProxyRequest {
  readonly form: 'connect' | 'absolute' | 'socks5';
  /** As the client gave it: a name or an address. */
  readonly host: string;
  readonly port: number;
}

/** How a proxy reaches targets. */
export interface ProxyGround {
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly note: (request: ProxyRequest) => void;
  /** A connection into the lab; null where the target is unknown there. */
  readonly dial: (host: string, port: number) => Socket | null;
}
