import { startLab } from '@domainflow/lab/start-lab.ts';

/** A lab in a process of its own: prints where it listens as one line of JSON, and ends with its standard input. */
const lab = await startLab({ seed: process.argv[2] ?? 'bench' });
const { dns, http, https, caPem } = lab;
process.stdout.write(`${JSON.stringify({ dns, http, https, caPem })}\n`);
process.stdin.resume();
process.stdin.on('end', () => void lab.close());
