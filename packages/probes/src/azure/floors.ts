/** Which versions of TLS resources accept, whether they speak plain text, and whether storage is open to everybody. */
import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { labelOf, placesOf, rows, word } from './arm.ts'
import type { Azure, Rows } from './arm.ts'
import type { AzureFacts } from './facts.ts'

type Floor = AzureFacts['tlsFloors'][number]

const floorQuery = `resources
| where type in~ ('microsoft.storage/storageaccounts', 'microsoft.eventhub/namespaces', 'microsoft.servicebus/namespaces', 'microsoft.sql/servers', 'microsoft.documentdb/databaseaccounts', 'microsoft.cache/redis', 'microsoft.web/sites')
| project id, type = tolower(type), minimum = properties.minimumTlsVersion, minimal = properties.minimalTlsVersion, httpsTraffic = properties.supportsHttpsTrafficOnly, httpsOnly = properties.httpsOnly, plainPort = properties.enableNonSslPort, anonymous = properties.allowBlobPublicAccess
| order by id asc`

const versions = {
  '': null,
  none: null,
  tls1_0: '1.0',
  tls1_1: '1.1',
  tls1_2: '1.2',
  tls1_3: '1.3',
  '1.0': '1.0',
  '1.1': '1.1',
  '1.2': '1.2',
  '1.3': '1.3',
  tls: '1.0',
  tls11: '1.1',
  tls12: '1.2',
  tls13: '1.3',
  'tlsv1.0': '1.0',
  tlsv1: '1.0',
  'tlsv1.1': '1.1',
  'tlsv1.2': '1.2',
  'tlsv1.3': '1.3',
} as const
const spellings = Object.keys(versions) as (keyof typeof versions)[]

/** Every spelling that Azure's services have for a version; one that is not known breaks the contract. */
export const tlsVersion = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(spellings))
  .transform((text) => versions[text])

const Row = z.object({
  id: z.string(),
  type: word([
    'microsoft.storage/storageaccounts',
    'microsoft.eventhub/namespaces',
    'microsoft.servicebus/namespaces',
    'microsoft.sql/servers',
    'microsoft.documentdb/databaseaccounts',
    'microsoft.cache/redis',
    'microsoft.web/sites',
  ]),
  minimum: z.string().nullish(),
  minimal: z.string().nullish(),
  httpsTraffic: z.boolean().nullish(),
  httpsOnly: z.boolean().nullish(),
  plainPort: z.boolean().nullish(),
  anonymous: z.boolean().nullish(),
})

export type FloorRows = Rows<z.output<typeof Row>>

export const askFloors = (azure: Azure): Promise<FloorRows> => rows(azure, floorQuery, Row)

export function readStorage({ items, complete }: FloorRows): Seen<AzureFacts['storage']> {
  const accounts = items.filter(({ type }) => type === 'microsoft.storage/storageaccounts')
  return seen(
    accounts.map(({ id, anonymous }) => ({ resource: labelOf(id), anonymous: anonymous ?? null })),
    complete,
  )
}

const SiteConfig = z.object({ properties: z.object({ minTlsVersion: tlsVersion.nullish() }) })
const sitePath = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Web/sites/{name}/config/web'

export async function readFloors(azure: Azure, { items, complete }: FloorRows): Promise<Seen<Floor[]>> {
  const floors = await Promise.all(
    items.map(async (row) => ({
      resource: labelOf(row.id),
      floor: row.type === 'microsoft.web/sites' ? await siteFloor(azure, row.id) : floorOf(row),
      encryptedOnly: encryptedOnly(row),
    })),
  )
  return seen(floors, complete)
}

/** Resource Graph does not hold the settings of a site. */
async function siteFloor({ api, turn }: Azure, id: string): Promise<Floor['floor']> {
  const query = { 'api-version': '2024-04-01' }
  const { properties } = await turn(() => api.get({ path: sitePath, params: placesOf(id), query, schema: SiteConfig }))
  return properties.minTlsVersion ?? null
}

function floorOf({ minimum, minimal }: z.output<typeof Row>): Floor['floor'] {
  return tlsVersion.parse(minimum ?? minimal ?? '')
}

/** What a resource does not say is not switched on, but for the port of a cache, which is closed unless it is opened. */
function encryptedOnly(row: z.output<typeof Row>): boolean | null {
  switch (row.type) {
    case 'microsoft.storage/storageaccounts':
      return row.httpsTraffic ?? false
    case 'microsoft.web/sites':
      return row.httpsOnly ?? false
    case 'microsoft.cache/redis':
      return !(row.plainPort ?? false)
    default:
      return null
  }
}
