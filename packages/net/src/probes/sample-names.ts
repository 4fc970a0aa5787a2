import { classifyAnswers } from '@domainflow/domain/dns/classify-answers.ts';
import type { DnsPort, DnsSource } from '@domainflow/domain/dns/dns-port.ts';
import { Inquiry, inquiryOrder } from '@domainflow/domain/dns/inquiry.ts';
import type { DnsVerdict } from '@domainflow/domain/dns/verdicts.ts';
import type { DnsPersona } from '@domainflow/domain/persona/dns-persona.ts';
import type { SampledName } from '@domainflow/domain/probe/probes.ts';

/**
 * Verdicts of names by what decides liveness, in the order of the names. Whatever is not answered when `ended` aborts
 * is `TIMEOUT`.
 */
export async function sampleNames(
  dns: DnsPort,
  persona: DnsPersona,
  names: readonly string[],
  ended: AbortSignal,
): Promise<SampledName[]> {
  const deciding = inquiryOrder(persona.recordTypes).filter((type) => type === 'A' || type === 'AAAA');
  const waiting = names.map((name, index) => new Inquiry(index, name, deciding)).reverse();
  const verdicts: DnsVerdict[] = names.map(() => 'TIMEOUT');
  const source: DnsSource<Inquiry> = {
    next: () => waiting.pop() ?? null,
    answered(inquiry, answer) {
      if (inquiry.advance(answer)) waiting.push(inquiry);
      else verdicts[inquiry.ordinal] = classifyAnswers(inquiry.answers).verdict;
    },
  };
  await dns.resolver(persona).run(source, ended);
  return names.map((name, index) => ({ name, verdict: verdicts[index] ?? 'TIMEOUT' }));
}
