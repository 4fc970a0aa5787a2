import type { Tone } from '@domainflow/ui/primitives/tone.ts';
import type { LeadState } from '../../lib/lead-search.ts';

export const STATE_LABELS: Readonly<Record<LeadState, string>> = {
  new: 'New',
  contacted: 'Contacted',
  qualified: 'Qualified',
  rejected: 'Rejected',
};

export const STATE_TONES: Readonly<Record<LeadState, Tone>> = {
  new: 'neutral',
  contacted: 'accent',
  qualified: 'ok',
  rejected: 'bad',
};

const GROUP_REASONS: Readonly<Record<string, string>> = {
  body: 'same page',
  simhash: 'nearly the same text',
  favicon: 'same icon',
  certificate: 'same certificate',
  tracker: 'same analytics account',
};

/** Why leads are in one group, in words; a reason that is not known here as it is. */
export const groupReason = (reason: string): string => GROUP_REASONS[reason] ?? reason.replaceAll('_', ' ');

const FLAGS: Readonly<Record<string, string>> = {
  role: 'role address',
  free: 'free provider',
  disposable: 'throw-away provider',
  own_domain: 'at its own domain',
  fax: 'fax',
};

/** What a flag of a contact means. */
export const contactFlag = (flag: string): string => FLAGS[flag] ?? flag.replaceAll('_', ' ');

const PLACES: Readonly<Record<string, string>> = {
  mailto: 'a mail link',
  tel: 'a phone link',
  text: 'the text',
  link: 'a link',
  structured_data: 'the structured data',
  heading: 'a heading',
  meta: 'the description',
  title: 'the title',
  url: 'the address',
  links: 'links',
};

/** Where on a page something was found: `found in …`. */
export const placeOnPage = (place: string): string => PLACES[place] ?? place.replaceAll('_', ' ');

const CONTACT_KINDS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  phone: 'Phone',
  social: 'Social profile',
  address: 'Postal address',
  page: 'Contact page',
};

export const contactKind = (kind: string): string => CONTACT_KINDS[kind] ?? kind;

const NETWORKS: Readonly<Record<string, string>> = {
  linkedin: 'LinkedIn',
  github: 'GitHub',
  youtube: 'YouTube',
  tiktok: 'TikTok',
  whatsapp: 'WhatsApp',
  xing: 'XING',
};

/** The name of a social network. */
export const networkName = (network: string): string =>
  NETWORKS[network] ?? network.charAt(0).toUpperCase() + network.slice(1);

/** Points with their sign: `+12`, `−20`. */
export const formatPoints = (points: number): string =>
  `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(Math.round(points * 10) / 10)}`;
