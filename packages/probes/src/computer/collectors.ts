import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Collectors for computers without Node: one for Linux and macOS, one for Windows. */
export const collectorNames = ['collect-host.sh', 'collect-host.ps1'] as const

/** A collector for computers without Node. */
export type CollectorName = (typeof collectorNames)[number]

/** Where a collector lies in this installation. */
export function collectorPath(name: CollectorName): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url))
}

/**
 * A collector that knows where to send. It never holds a token.
 *
 * @param server origin of the installation @param tenant short name
 */
export function collectorFor(name: CollectorName, server: string, tenant: string): string {
  // Both stand between quotes in the file.
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+$/.test(server) || !/^[a-z0-9-]+$/.test(tenant))
    throw new Error('The address or the short name cannot stand in a collector.')
  return readFileSync(collectorPath(name), 'utf8').replace('@SERVER@', server).replace('@TENANT@', tenant)
}
