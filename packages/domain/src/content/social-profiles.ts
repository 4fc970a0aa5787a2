/** Networks, and the paths of theirs that are a profile. */
const NETWORKS: readonly { readonly network: string; readonly host: RegExp; readonly path: RegExp }[] = [
  { network: 'linkedin', host: /(?:^|\.)linkedin\.com$/, path: /^\/(?:company|in|school|showcase)\/[^/]+/ },
  {
    network: 'facebook',
    host: /(?:^|\.)facebook\.com$/,
    path: /^\/(?!sharer|share|dialog|plugins|tr(?:$|\/|\?)|login|policies|privacy|help|events|hashtag|watch|groups\/?$)(?:pages\/[^/]+\/[^/]+|profile\.php|[^/?]{2,})/,
  },
  {
    network: 'instagram',
    host: /(?:^|\.)instagram\.com$/,
    path: /^\/(?!p\/|explore|accounts|reel|stories|about|legal)[^/?]{2,}/,
  },
  {
    network: 'x',
    host: /(?:^|\.)(?:x|twitter)\.com$/,
    path: /^\/(?!share|intent|home|search|hashtag|i\/|login|privacy|tos)[^/?]{1,}/,
  },
  {
    network: 'youtube',
    host: /(?:^|\.)youtube\.com$/,
    path: /^\/(?:@[^/]+|channel\/[^/]+|c\/[^/]+|user\/[^/]+)/,
  },
  { network: 'tiktok', host: /(?:^|\.)tiktok\.com$/, path: /^\/@[^/]+/ },
  {
    network: 'github',
    host: /(?:^|\.)github\.com$/,
    path: /^\/(?!about|features|login|pricing|topics|marketplace|sponsors)[^/?]{1,}/,
  },
  { network: 'xing', host: /(?:^|\.)xing\.com$/, path: /^\/(?:companies|pages|profile)\/[^/]+/ },
  { network: 'pinterest', host: /(?:^|\.)pinterest\.[a-z.]{2,6}$/, path: /^\/(?!pin\/|search)[^/?]{2,}/ },
  { network: 'telegram', host: /^t\.me$/, path: /^\/(?!share)[^/?]{3,}/ },
  { network: 'whatsapp', host: /^wa\.me$/, path: /^\/[^/?]{5,}/ },
  { network: 'vk', host: /(?:^|\.)vk\.com$/, path: /^\/(?!share)[^?]{2,}/ },
  { network: 'threads', host: /(?:^|\.)threads\.(?:net|com)$/, path: /^\/@[^/]+/ },
  { network: 'bluesky', host: /(?:^|\.)bsky\.app$/, path: /^\/profile\/[^/]+/ },
  {
    network: 'vimeo',
    host: /^(?:www\.)?vimeo\.com$/,
    path: /^\/(?![0-9]+(?:\/|$)|categories|features|upgrade)[^/]{3,}/,
  },
  { network: 'trustpilot', host: /(?:^|\.)trustpilot\.com$/, path: /^\/review\/[^/]+/ },
];

export interface SocialProfile {
  readonly network: string;
  readonly url: string;
}

/** Part of every network's host: most links have none of these. */
const ANY_HOST =
  /linkedin|facebook|instagram|twitter|[/.]x\.com|youtube|tiktok|github|xing|pinterest|\/t\.me|wa\.me|vk\.com|threads|bsky|vimeo|trustpilot/i;

/** Links whose hosts may be those of networks. Most links share theirs with the one before. */
export function linksOfNetworks(links: readonly string[]): string[] {
  const kept: string[] = [];
  let before = '';
  let isKept = false;
  for (const link of links) {
    if (!link.startsWith('http')) continue;
    if (before === '' || !link.startsWith(before)) {
      before = link.slice(0, link.indexOf('/', 8) + 1);
      isKept = before === '' || ANY_HOST.test(before);
    }
    if (isKept) kept.push(link);
  }
  return kept;
}

/** The profile that a link leads to, without tracking and fragments; null where it leads to none. */
export function socialProfile(link: string): SocialProfile | null {
  const url = URL.parse(link);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const network = NETWORKS.find(({ host }) => host.test(url.hostname));
  if (network === undefined || !network.path.test(url.pathname)) return null;
  const query = url.pathname === '/profile.php' ? `?id=${url.searchParams.get('id') ?? ''}` : '';
  return {
    network: network.network,
    url: `https://${url.hostname}${url.pathname.replace(/\/+$/, '')}${query}`,
  };
}
