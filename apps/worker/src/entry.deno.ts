import { openDatabase } from '@domainflow/db/client.ts';
import { createProcessClock } from '@domainflow/net/clock/process-clock.ts';
import { createDnsPort } from '@domainflow/net/dns/dns-port.ts';
import { systemResolvers } from '@domainflow/net/dns/system-resolvers.ts';
import { createGuard } from '@domainflow/net/guard/guard.ts';
import { labRouteFromEnv } from '@domainflow/net/guard/lab-route.ts';
import { createHttpPort } from '@domainflow/net/http/create-http-port.ts';
import { runWorker, WORKER_SQL_SETTINGS } from './run-worker.ts';

await runWorker(`deno ${process.versions['deno']}`, ({ databaseUrl, labJson, allowedTargets }) => {
  const database = openDatabase({
    url: databaseUrl,
    applicationName: 'domainflow-worker',
    sqlSettings: WORKER_SQL_SETTINGS,
  });
  const guard = createGuard({ allow: allowedTargets, lab: labRouteFromEnv(labJson) });
  const dns = createDnsPort({ guard, systemResolvers: systemResolvers() });
  const clock = createProcessClock();
  const http = createHttpPort({ guard, clock });
  return {
    db: database.db,
    sql: database.sql,
    ports: { dns, http, clock },
    async closeEngines() {
      http.close();
      await dns.close();
    },
    closeDatabase: () => database.close(),
  };
});
