/**
 * The settings of the embedded server: one process tree beside ours on a small machine, reached over one socket.
 * Statements and row values never reach its log: they may hold personal data.
 */
export function serverSettings(options: {
  socketFolder: string
  clusterName: string
  durable: boolean
  /** Where each whole part of the write-ahead log is copied to; null: it is not kept. */
  spool: string | null
  recovery: RecoverySetting | null
}): string[] {
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
    wal_level: options.spool === null ? 'minimal' : 'replica',
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
    ...(options.spool === null ? {} : archiveSettings(options.spool)),
    ...(options.recovery === null ? {} : recoverySettings(options.recovery)),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** How a base is brought forward to a moment. */
export interface RecoverySetting {
  /** The folder with the parts of the log that are needed. */
  readonly log: string
  readonly to: Date
  /** The file that says who may connect meanwhile. */
  readonly access: string
}

/**
 * A module of PostgreSQL copies, syncs and renames; unlike a command in a shell it minds no blanks in a path, and a copy that a
 * crash left half is none.
 *
 * @source PostgreSQL 18, appendix F.5 (basic_archive)
 */
function archiveSettings(spool: string): Record<string, string> {
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': spool,
    // The server ends a part itself, sooner; this is for the time in which it is busy. Seconds.
    archive_timeout: '300',
  }
}

/** @source PostgreSQL 18, sections 19.5.5 and 19.5.6 (archive recovery, recovery target) */
function recoverySettings({ log, to, access }: RecoverySetting): Record<string, string> {
  const quoted = `'${log.replaceAll("'", `'\\''`).replaceAll('%', '%%')}/'`
  return {
    wal_level: 'replica',
    hba_file: access,
    // Our libraries are not those that cp was made for.
    restore_command: `unset LD_LIBRARY_PATH; cp ${quoted}%f "%p"`,
    // Of names of zones, also of Z, it knows nothing yet when it reads its command line.
    recovery_target_time: to.toISOString().replace('Z', '+00'),
    recovery_target_timeline: 'current',
    recovery_target_action: 'promote',
    hot_standby: 'off',
  }
}
