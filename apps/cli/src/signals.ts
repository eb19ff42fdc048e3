import type { Server } from '@art32/server'

/** Longer than answers, jobs and the database are given together. */
const longestStopMs = 30_000

/**
 * Ends the server in order on SIGINT or SIGTERM, at once on the second one or after half a minute, and reads the TLS
 * certificate again on SIGHUP. Where a person sits at a terminal SIGHUP says that it is gone, and ends the server as ever.
 *
 * @param besides what else ends, after the server
 */
export function obeySignals(server: Pick<Server, 'stop' | 'renewCertificate'>, besides?: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      process.stderr.write('\nart32 is stopping …\n')
      // Whatever holds it up: what was confirmed is kept, and the next start finishes the rest.
      setTimeout(() => process.exit(1), longestStopMs).unref()
      void server
        .stop()
        .then(besides)
        .then(() => process.exit(0))
    })
  }
  if (!process.stdin.isTTY) process.on('SIGHUP', () => void server.renewCertificate())
}
