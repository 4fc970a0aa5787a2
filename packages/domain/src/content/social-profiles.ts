/** Networks, and the paths of theirs that are a profile. */
const NETWORKS: readonly { readonly host: RegExp; readonly path: RegExp }[] = [
  { host: /(?:^|\.)linkedin\.com$/, path: /^\/(?:company|in|school|showcase)\/[^/]+/ },
  {
    host: /(?:^|\.)facebook\.com$/,
    path: /^\/(?!sharer|share|dialog|plugins|tr(?:$|\/|\?)|login|policies|privacy|help|events|hashtag|watch|groups\/?$)(?:pages\/[^/]+\/[^/]+|profile\.php|[^/?]{2,})/,
  },
  { host: /(?:^|\.)instagram\.com$/, path: /^\/(?!p\/|explore|accounts|reel|stories|about|legal)[^/?]{2,}/ },
  {
    host: /(?:^|\.)(?:x|twitter)\.com$/,
    path: /^\/(?!share|intent|home|search|hashtag|i\/|login|privacy|tos)[^/?]{1,}/,
  },
  { host: /(?:^|\.)youtube\.com$/, path: /^\/(?:@[^/]+|channel\/[^/]+|c\/[^/]+|user\/[^/]+)/ },
  { host: /(?:^|\.)tiktok\.com$/, path: /^\/@[^/]+/ },
  {
    host: /(?:^|\.)github\.com$/,
    path: /^\/(?!about|features|login|pricing|topics|marketplace|sponsors)[^/?]{1,}/,
  },
  { host: /(?:^|\.)xing\.com$/, path: /^\/(?:companies|pages|profile)\/[^/]+/ },
  { host: /(?:^|\.)pinterest\.[a-z.]{2,6}$/, path: /^\/(?!pin\/|search)[^/?]{2,}/ },
  { host: /^(?:t\.me|wa\.me)$/, path: /^\/(?!share)[^/?]{3,}/ },
  { host: /(?:^|\.)(?:vk\.com|threads\.net|bsky\.app)$/, path: /^\/(?!share)[^?]{2,}/ },
];

/** The profile that a link leads to, without tracking and fragments; null where it leads to none. */
export function socialProfile(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const network = NETWORKS.find(({ host }) => host.test(url.hostname));
  if (network === undefined || !network.path.test(url.pathname)) return null;
  const query = url.pathname === '/profile.php' ? `?id=${url.searchParams.get('id') ?? ''}` : '';
  return `https://${url.hostname}${url.pathname.replace(/\/+$/, '')}${query}`;
}
