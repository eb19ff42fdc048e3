/** Managed PostgreSQL: whether it demands TLS, and the copies that it makes of itself. */
import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { labelOf, listed, placesOf, rows, word } from './arm.ts'
import type { Azure, Rows } from './arm.ts'
import type { AzureFacts } from './facts.ts'
import { tlsVersion } from './floors.ts'

const serverQuery = `resources
| where type =~ 'microsoft.dbforpostgresql/flexibleservers'
| project id, retentionDays = properties.backup.backupRetentionDays
| order by id asc`

const Row = z.object({ id: z.string(), retentionDays: z.number().nullish() })

export type ServerRows = Rows<z.output<typeof Row>>

export const askServers = (azure: Azure): Promise<ServerRows> => rows(azure, serverQuery, Row)

const server =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}'
const query = { 'api-version': '2025-08-01' }
const Switch = z.object({ properties: z.object({ value: word(['on', 'off']) }) })
const Version = z.object({ properties: z.object({ value: tlsVersion }) })

export async function readDatabaseTls(azure: Azure, servers: ServerRows): Promise<Seen<AzureFacts['databaseTls']>> {
  const path = `${server}/configurations/{parameter}`
  const setting = async <T>(id: string, parameter: string, schema: z.ZodType<T>): Promise<T> =>
    await azure.turn(() => azure.api.get({ path, params: { ...placesOf(id), parameter }, query, schema }))
  const facts = await Promise.all(
    servers.items.map(async ({ id }) => {
      const [required, floor] = await Promise.all([
        setting(id, 'require_secure_transport', Switch),
        setting(id, 'ssl_min_protocol_version', Version),
      ])
      return { resource: labelOf(id), required: required.properties.value === 'on', floor: floor.properties.value }
    }),
  )
  return seen(facts, servers.complete)
}

const Copy = z.object({ properties: z.object({ completedTime: z.iso.datetime({ offset: true }).nullish() }) })

/** The newest copy of each server that the service made of itself. */
export async function newestCopies(azure: Azure, servers: ServerRows): Promise<Rows<AzureFacts['backupJobs'][number]>> {
  const all = await Promise.all(
    servers.items.map(async ({ id }) => {
      const { items, complete } = await listed(azure, { path: `${server}/backups`, params: placesOf(id), query }, Copy)
      const times = items.flatMap(({ properties }) =>
        properties.completedTime == null ? [] : [new Date(properties.completedTime).toISOString()],
      )
      const lastCompleted = times.sort().at(-1) ?? null
      return { copy: { resource: labelOf(id), item: 'built-in', lastCompleted, lastFailed: null }, complete }
    }),
  )
  return {
    items: all.map(({ copy }) => copy),
    complete: servers.complete && all.every(({ complete }) => complete),
  }
}
