import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

const GIB = 1024 ** 3;

/**
 * The server's settings for bulk writes by a few clients on one machine.
 * The binaries are built without lz4, so pglz is what there is for compressing full pages in the log.
 */
export async function serverSettings(
  port: number,
  overrides: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: totalmem() >= 16 * GIB ? '512MB' : '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    wal_compression: 'pglz',
    synchronous_commit: 'on',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements that fail hold people's data; the log says what failed, not with which values.
    log_min_error_statement: 'panic',
    log_line_prefix: '%m [%p] ',
    dynamic_shared_memory_type: await dynamicSharedMemory(),
    ...overrides,
  };
}

/** Containers often get 64 MB of /dev/shm, which a parallel query overflows: then files in the cluster serve instead. */
async function dynamicSharedMemory(): Promise<string> {
  try {
    const shm = await statfs('/dev/shm');
    return shm.bavail * shm.bsize >= GIB / 4 ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}
