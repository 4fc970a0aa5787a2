import { type DnsPlan, isDelegated, type LabIdentity, planDns, ttlOf } from './dns-plan.ts';
import { NEGATIVE_TTL, type Question, type ReplyWriter, rcodes } from './dns-wire.ts';
import { WILDCARD_TLD } from './names.ts';
import { recordsOf } from './records.ts';

/** Servers of zones that have no record of their own to show. */
const OTHER_HOSTS = ['ns1.live-dns-0.net', 'ns2.live-dns-0.net'];

/**
 * Writes the reply of the registry's own servers, which a question without RD asks: a referral where the zone of the name
 * is delegated, otherwise that there is no such name. The wildcard TLD denies none.
 */
export function writeRegistryReply(
  lab: LabIdentity,
  writer: ReplyWriter,
  query: Uint8Array,
  question: Question,
  { zone }: DnsPlan,
): void {
  const plan = planDns(lab, zone);
  const zoneAt = 12 + question.name.length - zone.length;
  if (isDelegated(lab, zone)) {
    writer.begin(query, question.end, rcodes.NOERROR);
    const { ns } = recordsOf(lab, plan, zone);
    for (const host of ns.length > 0 ? ns : OTHER_HOSTS) writer.referral(0xc000 | zoneAt, ttlOf(plan), host);
  } else {
    const isWild = zone.endsWith(`.${WILDCARD_TLD}`);
    writer.begin(query, question.end, isWild ? rcodes.NOERROR : rcodes.NXDOMAIN);
    writer.soa(8, 0xc000 | (zoneAt + zone.indexOf('.') + 1), NEGATIVE_TTL);
  }
  if (question.edns) writer.opt();
}
