import type { LeadFindings } from '@domainflow/domain/scoring/lead-findings.ts';
import { campaignOperations } from '@domainflow/services/campaigns/operations.ts';
import { personaOperations } from '@domainflow/services/personas/operations.ts';
import { technologyOperations } from '@domainflow/services/technologies/operations.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlatformFixture, type PlatformFixture } from './testing/platform-fixture.ts';
import { spawnWorker, type WorkerProcess } from './testing/worker-process.ts';

type Technology = LeadFindings['technologies'][number];

/** In the community's format: what the lab's sites and their records show, and what must be refused. */
const IMPORT = {
  categories: { '59': { name: 'JavaScript libraries' }, '75': { name: 'Email' } },
  technologies: {
    'Lab Script': {
      cats: [59],
      website: 'https://lab-script.example',
      scriptSrc: '/assets/jquery-([\\d.]+)\\.min\\.js\\;version:\\1\\;confidence:80',
      implies: ['Lab Runtime\\;confidence:50', 'PHP'],
    },
    'Lab Runtime': { html: 'never-there-[0-9]{40}', implies: 'Lab System' },
    'Lab System': { headers: { 'X-Never-There': '' } },
    'Weak Sign': { scriptSrc: '/assets/jquery\\;confidence:30' },
    'Lab Mail': { cats: [75], dns: { MX: 'mx\\.live-mail-\\d+\\.net' } },
    'Lab Sender Policy': { dns: { TXT: 'v=spf1 include:_spf\\.mx\\.live-mail-(\\d+)\\;version:\\1' } },
    'Lab Name Service': { dns: { NS: ['^ns1\\.live-dns-\\d+\\.net$', '(?=behind)'] } },
    'Lab Alias': { dns: { CNAME: '^[a-z0-9.-]+$' } },
    nginx: { headers: { Server: 'lab' } },
    'Looks around': { html: '(?<=a)b' },
  },
};

let platform: PlatformFixture;
let worker: WorkerProcess;
beforeAll(async () => {
  platform = await openPlatformFixture();
  worker = await spawnWorker(platform);
});
afterAll(async () => {
  await worker.kill('SIGTERM');
  await platform.close();
});

async function leadsOf(domains: readonly string[], dnsPersonaId: string): Promise<Map<string, Technology[]>> {
  const { campaignId } = await platform.call(campaignOperations.create, {
    ...{ campaignName: 'Technologies', campaignType: 'pipeline', input: { source: 'list', domains } },
    phases: {
      dns: { personaId: dnsPersonaId },
      http: platform.labPhases.http,
      analysis: { keywordSetIds: [], minScore: 0 },
    },
  });
  await platform.call(campaignOperations.start, { id: campaignId });
  const done = await platform.until(campaignId, ['completed', 'failed', 'error']);
  expect(done.status).toBe('completed');
  const { items } = await platform.call<{ items: { domain: string; technologies: Technology[] }[] }>(
    campaignOperations.leads,
    { id: campaignId, limit: 100 },
  );
  return new Map(items.map(({ domain, technologies }) => [domain, technologies]));
}

test('imported technologies are found on pages and in records, with version, confidence and what they imply', async () => {
  const admin = await platform.createActor('operator', 'admin');
  const imported = await platform.call(
    technologyOperations.import,
    { name: 'Community', fingerprints: IMPORT },
    admin,
  );
  expect(imported).toMatchObject({
    imported: 8,
    refused: {
      technologies: {
        'the platform knows it itself': 1,
        'the linear engine takes no look-around and no back-references': 1,
      },
      patterns: { 'the linear engine takes no look-around and no back-references': 2 },
    },
  });
  const recordTypes = ['A', 'AAAA', 'NS', 'MX', 'TXT', 'CNAME'];
  const { host, port } = platform.lab.dns;
  const { personaId } = await platform.call<{ personaId: string }>(personaOperations.create, {
    ...{ kind: 'dns', name: 'All records', config: { resolvers: [`${host}:${port}`], recordTypes } },
  });

  const names = Array.from({ length: 40 }, (_, index) => `live-${index}.com`);
  const shows = (name: string, technology: string): boolean =>
    platform.lab.truth(name).site?.technologies.includes(technology) === true;
  const scripted = names.find((name) => shows(name, 'jQuery')) ?? '';
  const plain = names.find((name) => !shows(name, 'jQuery')) ?? '';
  const mailed = names.find((name) => platform.lab.truth(name).dns.mx.length > 0) ?? '';
  const domains = [...new Set([scripted, plain, mailed, 'cname-1.com', 'hosted-1.com'])];
  const leads = await leadsOf(domains, personaId);
  const named = (domain: string): (string | undefined)[] => (leads.get(domain) ?? []).map(({ name }) => name);
  const found = (domain: string, name: string): Technology | undefined =>
    leads.get(domain)?.find((technology) => technology.name === name);

  expect(found(scripted, 'jQuery')?.version).toBe('3.7.1');
  expect(found(scripted, 'Lab Script')).toMatchObject({
    version: '3.7.1',
    confidence: 80,
    categories: ['JavaScript libraries'],
    evidence: expect.stringContaining('/assets/jquery-3.7.1.min.js'),
  });
  expect(found(scripted, 'Lab Runtime')).toMatchObject({ confidence: 50, evidence: 'implied by Lab Script' });
  expect(found(scripted, 'Lab System')).toMatchObject({ confidence: 50, evidence: 'implied by Lab Runtime' });
  expect(found(scripted, 'PHP')).toBeDefined();
  expect(named(scripted)).not.toContain('Weak Sign');
  for (const name of ['Lab Script', 'Lab Runtime', 'Lab System']) expect(named(plain)).not.toContain(name);

  const { mx, txt } = platform.lab.truth(mailed).dns;
  expect(named(mailed).includes('Lab Mail')).toBe(
    mx.some(({ exchange }) => /mx\.live-mail-\d+\.net/.test(exchange)),
  );
  expect(found(mailed, 'Lab Sender Policy')?.version).toBe(/live-mail-(\d+)/.exec(txt[0] ?? '')?.[1]);
  expect(found(mailed, 'Lab Name Service')).toMatchObject({
    evidence: `DNS NS: ${platform.lab.truth(mailed).dns.ns[0]}`,
  });
  expect(named(mailed)).not.toContain('Lab Alias');
  expect(found('cname-1.com', 'Lab Alias')).toMatchObject({
    evidence: expect.stringContaining(platform.lab.truth('cname-1.com').dns.cname[0] ?? '?'),
  });

  // What the platform knows itself of mail, name servers and senders.
  const own = leads.get('hosted-1.com') ?? [];
  const seen = own
    .filter(({ evidence }) => evidence.startsWith('DNS '))
    .map(({ name, evidence }) => [name, evidence]);
  expect(seen).toEqual(
    expect.arrayContaining([
      ['Google Workspace', expect.stringMatching(/^DNS (?:MX|TXT)/)],
      ['Cloudflare', 'DNS NS: anna.ns.cloudflare.com'],
      ['SendGrid', expect.stringMatching(/^DNS TXT: v=spf1/)],
    ]),
  );
  expect(seen.map(([name]) => name)).not.toContain('Lab Mail');
});

test('a set that is deleted is used no more', async () => {
  const admin = await platform.createActor('operator-2', 'admin');
  const { items } = await platform.call<{ items: { technologyImportId: string }[] }>(
    technologyOperations.listImports,
    {},
  );
  for (const { technologyImportId: id } of items)
    await platform.call(technologyOperations.deleteImport, { id }, admin);
  const names = Array.from({ length: 12 }, (_, index) => `live-${index}.com`);
  const leads = await leadsOf(names, await platform.personaNamed('dns', 'Lab'));
  const all = new Set([...leads.values()].flat().map(({ name }) => name));
  expect(leads.size).toBe(12);
  expect([...all].filter((name) => name.startsWith('Lab '))).toEqual([]);
});
