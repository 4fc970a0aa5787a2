import { openDatabase } from '@domainflow/db/client.ts';
import { createEngines } from '@domainflow/net/engines.ts';
import { runWorker } from './run-worker.ts';

await runWorker(`node ${process.versions.node}`, openDatabase, createEngines);
