/** A telephone number as a link has it, and whether it is one to be called or written to. */
export interface LinkedPhone {
  readonly written: string;
  readonly place: 'tel' | 'link';
}

const CALL = /^(?:tel|sms|callto):(?:\/\/)?([^?;,&#]+)/i;
const SKYPE = /^skype:(\+\d[^?;&#]*)/i;
/** Chats with a number, which has its country code and often no plus sign. */
const CHAT =
  /^(?:whatsapp:\/\/send\/?\?(?:[^#]*&)?phone=|https?:\/\/(?:api|web)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=|https?:\/\/wa\.me\/|viber:\/\/(?:chat|contact|add)\?number=)(?:\+|%2B|00)?([\d%+ ().-]{7,30})/i;

/** The number that a link calls or writes to (RFC 3966, RFC 5724, messengers); null where it has none. */
export function linkedPhone(link: string): LinkedPhone | null {
  const called = CALL.exec(link)?.[1] ?? SKYPE.exec(link)?.[1];
  if (called !== undefined) return { written: decoded(called).trim(), place: 'tel' };
  const chat = link.length < 2_048 ? CHAT.exec(link)?.[1] : undefined;
  return chat === undefined ? null : { written: `+${decoded(chat).trim()}`, place: 'link' };
}

/** Percent-encoding undone where it is well-formed. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
