import { createTestDatabase } from '@domainflow/db/testing/create-test-database.ts';
import { type Lab, type StartLabOptions, startLab } from '@domainflow/lab/start-lab.ts';
import { openPlatform, type Platform } from './open-platform.ts';

/** A platform on a database of its own, with a lab. */
export interface PlatformFixture extends Platform {
  readonly lab: Lab;
  /** What `DOMAINFLOW_LAB` must be for workers of this fixture. */
  readonly labJson: string;
  /** Configuration of all phases for the lab. */
  readonly labPhases: Readonly<Record<'dns' | 'http' | 'analysis', Record<string, unknown>>>;
}

export async function openPlatformFixture(options: Partial<StartLabOptions> = {}): Promise<PlatformFixture> {
  const database = await createTestDatabase();
  const lab = await startLab({ seed: 'test', ...options });
  const platform = await openPlatform(database.url, lab.dns);
  const { dns, http, https, caPem } = lab;
  return {
    ...platform,
    lab,
    labJson: JSON.stringify({ dns, http, https, caPem }),
    labPhases: {
      dns: { personaId: await platform.personaNamed('dns', 'Lab') },
      http: { personaId: await platform.personaNamed('http', 'Lab') },
      analysis: { keywordSetIds: [await platform.firstKeywordSet()] },
    },
    async close() {
      await platform.close();
      await lab.close();
      await database.drop();
    },
  };
}
