import { balancedLows, hasIpv6, ipv4Count, ipv4Low, ipv6Low } from './address.ts';
import { cnameChain, type DnsPlan, type LabIdentity, planDns, ttlOf, wildcardTarget } from './dns-plan.ts';
import {
  NEGATIVE_TTL,
  QUESTION_NAME,
  type Question,
  type ReplyWriter,
  rcodes,
  recordTypes,
} from './dns-wire.ts';
import { recordsOf } from './records.ts';

const WILDCARD_LOWS = [0xff01, 0xff02];

/**
 * Writes the reply to a question into the writer, complete as over TCP. The caller has planned the name and keeps
 * silent where the plan says `timeout`.
 */
export function writeReply(
  lab: LabIdentity,
  writer: ReplyWriter,
  query: Uint8Array,
  question: Question,
  plan: DnsPlan,
): void {
  switch (plan.kind) {
    case 'servfail':
    case 'lame':
      writer.begin(query, question.end, rcodes.SERVFAIL);
      break;
    case 'refused':
    case 'timeout':
      writer.begin(query, question.end, rcodes.REFUSED);
      break;
    case 'absent':
      writer.begin(query, question.end, rcodes.NXDOMAIN);
      writer.soa(8, ownerAt(question, suffixLength(plan, question)), NEGATIVE_TTL);
      break;
    case 'plain':
    case 'slow':
    case 'truncated':
    case 'nodata':
    case 'wildcard':
    case 'wildcard-balanced':
    case 'suffix':
      writer.begin(query, question.end, rcodes.NOERROR);
      writeRecords(lab, writer, question, plan, question.name, QUESTION_NAME);
      break;
    case 'cname':
    case 'wildcard-cname': {
      writer.begin(query, question.end, rcodes.NOERROR);
      const ttl = ttlOf(plan);
      let owner = QUESTION_NAME;
      const whole = plan.kind === 'cname' ? cnameChain(lab, plan) : [wildcardTarget(lab, plan)];
      const chain = question.type === recordTypes.CNAME ? whole.slice(0, 1) : whole;
      for (const target of chain) owner = writer.name(owner, recordTypes.CNAME, ttl, target);
      const end = chain.at(-1) as string;
      if (question.type !== recordTypes.CNAME) {
        writeRecords(lab, writer, question, planDns(lab, end), end, owner);
      }
      break;
    }
  }
  if (question.edns) writer.opt();
}

/** Adds the records of the asked type, or the SOA of a negative answer where there are none. */
function writeRecords(
  lab: LabIdentity,
  writer: ReplyWriter,
  question: Question,
  plan: DnsPlan,
  name: string,
  owner: number,
): void {
  const before = writer.answers;
  const ttl = ttlOf(plan);
  const any = question.type === recordTypes.ANY;
  if (question.type === recordTypes.A || any) writeIpv4(writer, plan, owner, ttl);
  if (question.type === recordTypes.AAAA || any) writeIpv6(writer, plan, owner, ttl);
  if (question.type !== recordTypes.A && question.type !== recordTypes.AAAA) {
    writeOthers(lab, writer, question.type, plan, name, owner, ttl);
  }
  if (writer.answers === before && owner === QUESTION_NAME) {
    const zoneLength = plan.zone === '' ? name.length : plan.zone.length;
    writer.soa(8, ownerAt(question, zoneLength), NEGATIVE_TTL);
  }
}

function writeIpv4(writer: ReplyWriter, plan: DnsPlan, owner: number, ttl: number): void {
  if (plan.kind === 'wildcard') {
    for (const low of WILDCARD_LOWS) writer.labAddress(owner, ttl, low);
  } else if (plan.kind === 'wildcard-balanced') {
    for (const low of balancedLows(plan)) writer.labAddress(owner, ttl, low);
  } else if (plan.kind === 'plain' || plan.kind === 'slow' || plan.kind === 'truncated') {
    const count = ipv4Count(plan.hash, plan.kind === 'truncated');
    for (let i = 0; i < count; i++) writer.labAddress(owner, ttl, ipv4Low(plan.hash, i));
  }
}

function writeIpv6(writer: ReplyWriter, plan: DnsPlan, owner: number, ttl: number): void {
  if (plan.kind !== 'plain' && plan.kind !== 'slow' && plan.kind !== 'truncated') return;
  if (!hasIpv6(plan.hash)) return;
  const [high, low] = ipv6Low(plan.hash);
  writer.labAddress6(owner, ttl, high, low);
}

function writeOthers(
  lab: LabIdentity,
  writer: ReplyWriter,
  type: number,
  plan: DnsPlan,
  name: string,
  owner: number,
  ttl: number,
): void {
  const any = type === recordTypes.ANY;
  const records = recordsOf(lab, plan, name);
  if (type === recordTypes.NS || any) {
    for (const host of records.ns) writer.name(owner, recordTypes.NS, ttl, host);
  }
  if (type === recordTypes.MX || any) {
    for (const { preference, exchange } of records.mx) writer.mx(owner, ttl, preference, exchange);
  }
  if (type === recordTypes.TXT || any) for (const text of records.txt) writer.txt(owner, ttl, text);
  if (type === recordTypes.SOA && records.ns.length > 0) writer.soa(6, owner, ttl);
  if (type === recordTypes.CAA && records.mx.length > 0)
    writer.caa(owner, ttl, 'issue', 'ca.live-registry.net');
}

/** A pointer to the last `length` letters of the question's name. */
function ownerAt(question: Question, length: number): number {
  // Escaped letters stand for one byte each: such names get the root as their zone.
  if (question.name.includes('\\')) return 0xc000 | (question.end - 5);
  return 0xc000 | (12 + question.name.length - length);
}

function suffixLength(plan: DnsPlan, question: Question): number {
  const { zone } = plan;
  return zone === '' ? question.name.length : zone.length - zone.indexOf('.') - 1;
}
