const HOSTS_KEPT = 20;
const SLASH = 0x2f;
const LETTER_H = 0x68;
const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|avif|ico|bmp)(?:[/?#]|$)/i;

/** Hosts that pictures come from: those of systems and services that put nothing else on a page. */
export class ImageHosts {
  private readonly seen = new Set<string>();
  /** Beginning of the last address, host and slash included: most pictures of a page come from one host. */
  private last: string | null = null;

  /**
   * What is to be kept of a picture's address: of the first one of a host the host, or all of it where it is no picture
   * but a way to count visits. Undefined for the others, and for those that name no host.
   */
  kept(src: string): string | undefined {
    const first = src.charCodeAt(0);
    const mayName = first === SLASH ? src.charCodeAt(1) === SLASH : (first | 0x20) === LETTER_H;
    if (!mayName) return undefined;
    if (this.last !== null && src.startsWith(this.last)) return undefined;
    const hostStart = src.indexOf('//') + 2;
    if (hostStart !== 2 && hostStart !== 'http://'.length && hostStart !== 'https://'.length)
      return undefined;
    const end = src.indexOf('/', hostStart);
    if (end < 0) return undefined;
    const origin = src.slice(0, end + 1);
    this.last = origin;
    if (this.seen.size >= HOSTS_KEPT || this.seen.has(origin)) return undefined;
    this.seen.add(origin);
    return PICTURE.test(src) ? origin : src;
  }
}
