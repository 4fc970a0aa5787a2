/** The segments of a path that are a profile, null where it is none: links that share, and to posts. */
type ProfilePath = (segments: readonly string[]) => readonly string[] | null;

interface Network {
  readonly network: string;
  readonly host: RegExp;
  readonly profile: ProfilePath;
}

/** Of `/NAME` the name, unless it is a word of the network's own; behind it nothing but `parts` of a profile. */
function named(ownWords: string, parts = '', least = 2): ProfilePath {
  const own = new Set(ownWords.split(' '));
  const known = new Set(parts.split(' '));
  return ([name = '', ...rest]) => {
    if (name.length < least || own.has(name.toLowerCase().replace(/\.php$/, ''))) return null;
    return rest.every((part) => known.has(part.toLowerCase())) ? [name] : null;
  };
}

/** Of `/WORD/NAME` both, with one of the words, whatever part of the profile it leads to. */
function below(...words: readonly string[]): ProfilePath {
  return ([word = '', name]) =>
    words.includes(word.toLowerCase()) && name !== undefined ? [word, name] : null;
}

/** Of `/@NAME` the name; what stands behind it but a part of the profile is a post. */
function atName(parts = ''): ProfilePath {
  const name = named('', parts);
  return (segments) => (segments[0]?.startsWith('@') === true ? name(segments) : null);
}

const facebookName = named(
  'sharer share share_channel dialog plugins tr login policies policy privacy help events hashtag watch groups photo photos ' +
    'story video videos permalink media marketplace reel reels stories profile l recover business ads legal settings ' +
    'messages gaming fundraisers donate notes search home oauth',
  'about photos videos reviews events posts timeline reels info community mentions',
);

/** Pages and people without a name of their own stand below a word, with a title and a number. */
const facebook: ProfilePath = (segments) => {
  const [first = '', ...rest] = segments;
  const upTo = (count: number): readonly string[] | null =>
    segments.length < count ? null : segments.slice(0, count);
  switch (first.toLowerCase()) {
    case 'profile.php':
      return [first];
    case 'p':
      return upTo(2);
    case 'people':
      return upTo(3);
    case 'pages':
      return upTo(rest[0] === 'category' ? 4 : 3);
    case 'pg':
      return rest[0] === undefined ? null : [rest[0]];
    default:
      return facebookName(segments);
  }
};

const youtube: ProfilePath = ([first = '', name]) => {
  if (/^@./.test(first)) return [first];
  return /^(?:channel|c|user)$/.test(first) && name !== undefined ? [first, name] : null;
};

/** `/s/NAME` shows what a channel says. */
const telegram: ProfilePath = ([first = '', second]) => {
  if (first === 's' && second !== undefined) return [second];
  return first.length < 3 || /^(?:\+.*|share|joinchat|addstickers|proxy)$/.test(first) ? null : [first];
};

const whatsapp: ProfilePath = ([first = '', second]) => {
  if (/^(?:message|c)$/.test(first)) return second === undefined ? null : [first, second];
  return first.length >= 5 ? [first] : null;
};

const vimeoName = named(
  'categories features upgrade blog watch join log_in channels groups',
  'videos about',
  3,
);

const NETWORKS: readonly Network[] = [
  {
    network: 'linkedin',
    host: /(?:^|\.)linkedin\.com$/,
    profile: below('company', 'in', 'school', 'showcase'),
  },
  { network: 'facebook', host: /(?:^|\.)(?:facebook\.com|fb\.me|fb\.com)$/, profile: facebook },
  {
    network: 'instagram',
    host: /(?:^|\.)instagram\.com$/,
    profile: named(
      'p explore accounts reel reels stories about legal developer direct tv share web',
      'reels tagged channel',
    ),
  },
  {
    network: 'x',
    host: /(?:^|\.)(?:x|twitter)\.com$/,
    profile: named(
      'share intent home search hashtag i login privacy tos settings explore notifications signup',
      'with_replies media',
      1,
    ),
  },
  { network: 'youtube', host: /(?:^|\.)youtube\.com$/, profile: youtube },
  { network: 'tiktok', host: /(?:^|\.)tiktok\.com$/, profile: atName() },
  {
    network: 'github',
    host: /^(?:www\.)?github\.com$/,
    profile: named(
      'about features login join pricing topics marketplace sponsors orgs settings explore search trending',
      '',
      1,
    ),
  },
  { network: 'xing', host: /(?:^|\.)xing\.com$/, profile: below('companies', 'pages', 'profile') },
  {
    network: 'pinterest',
    host: /(?:^|\.)pinterest\.[a-z.]{2,6}$/,
    profile: named('pin search ideas categories about business', '_created _saved'),
  },
  { network: 'telegram', host: /^t\.me$/, profile: telegram },
  { network: 'whatsapp', host: /^wa\.me$/, profile: whatsapp },
  {
    network: 'vk',
    host: /(?:^|\.)vk\.com$/,
    profile: named('share away feed video audio im search login'),
  },
  { network: 'threads', host: /(?:^|\.)threads\.(?:net|com)$/, profile: atName('replies media') },
  { network: 'bluesky', host: /(?:^|\.)bsky\.app$/, profile: below('profile') },
  {
    network: 'vimeo',
    host: /^(?:www\.)?vimeo\.com$/,
    profile: (segments) => (/^\d+$/.test(segments[0] ?? '') ? null : vimeoName(segments)),
  },
  { network: 'trustpilot', host: /(?:^|\.)trustpilot\.com$/, profile: below('review') },
];

export interface SocialProfile {
  readonly network: string;
  readonly url: string;
}

/** Hosts on which networks show the same to phones and to countries. */
const OTHER_FORM =
  /^(?:m|mobile|[a-z]{2}(?:-[a-z]{2})?)\.(?=(?:facebook|linkedin|twitter|instagram|youtube|pinterest)\.com$)/;

/** The profile that a link leads to, without tracking and fragments; null where it leads to none. */
export function socialProfile(link: string): SocialProfile | null {
  const url = URL.parse(link);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const network = NETWORKS.find(({ host }) => host.test(url.hostname));
  const profile = network?.profile(url.pathname.split('/').filter(Boolean));
  if (network === undefined || profile === undefined || profile === null) return null;
  const isNumbered = profile[0] === 'profile.php';
  const id = isNumbered ? url.searchParams.get('id') : null;
  if (isNumbered && !id) return null;
  const query = isNumbered ? `?id=${id}` : '';
  const host = url.hostname.replace(OTHER_FORM, 'www.');
  return { network: network.network, url: `https://${host}/${profile.join('/')}${query}` };
}
