import { beginsWith } from '../unit-at.ts';

/** Part of every network's host: most links have none of these. */
const NETWORK_HOST =
  /linkedin|facebook|\/\/fb\.|instagram|twitter|[/.]x\.com|youtube|tiktok|github|xing|pinterest|\/t\.me|wa\.me|vk\.com|threads|bsky|vimeo|trustpilot/i;
/** Hosts of chats with a telephone number. */
const CHAT_HOST = /wa\.me|whatsapp\.com/;

/** Links of a page that may say how its people are reached, in their order. */
export interface ContactLinks {
  /** To be written to or called: `mailto:`, `tel:` and the like, and chats. */
  readonly direct: readonly string[];
  /** To hosts that may be those of social networks. */
  readonly ofNetworks: readonly string[];
}

/** Picks them out. Most links share their host with the one before, which is looked at once. */
export function contactLinks(links: readonly string[]): ContactLinks {
  const direct: string[] = [];
  const ofNetworks: string[] = [];
  let before = '';
  let isChat = false;
  let isOfNetwork = false;
  for (const link of links) {
    if (!beginsWith(link, 'http')) {
      direct.push(link);
      continue;
    }
    if (before === '' || !link.startsWith(before)) {
      before = link.slice(0, link.indexOf('/', 8) + 1);
      isChat = before === '' || CHAT_HOST.test(before);
      isOfNetwork = before === '' || NETWORK_HOST.test(before);
    }
    if (isChat) direct.push(link);
    if (isOfNetwork) ofNetworks.push(link);
  }
  return { direct, ofNetworks };
}
