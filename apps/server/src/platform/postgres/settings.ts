/**
 * The settings of the embedded server: one process tree beside ours on a small machine, reached over one socket.
 * Statements and row values never reach its log: they may hold personal data.
 */
export function serverSettings(options: { socketFolder: string; clusterName: string; durable: boolean }): string[] {
  const settings: Record<string, string> = {
    unix_socket_directories: options.socketFolder,
    unix_socket_permissions: '0700',
    listen_addresses: '',
    cluster_name: options.clusterName,
    // One sync of the file system instead of one a file: with 500 tenants 0.3 s instead of 9 s after a crash.
    recovery_init_sync_method: 'syncfs',
    // Those of tenants, the control database and administration, and as many to spare for whoever closes while another opens.
    max_connections: '240',
    shared_buffers: '32MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    // No helper processes we do not need: each costs memory and start time.
    io_method: 'sync',
    max_worker_processes: '2',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_logical_replication_workers: '0',
    max_wal_senders: '0',
    wal_level: 'minimal',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    // What was deleted shall not stay readable in the write-ahead log: old parts of it are removed, not used again.
    wal_recycle: 'off',
    autovacuum_max_workers: '2',
    jit: 'off',
    // Disks that seek are rare: at the default of 4 a page of fifty measures would read the mapping of all of them.
    random_page_cost: '1.1',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    // What need not last writes no byte twice, and no zeroes where a log is to come.
    ...(options.durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_init_zero: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
