import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'

/** What the server of the tests accepts. */
export const secrets = {
  client: 'client-secret-that-nobody-may-see',
  signature: 'c2lnbmF0dXJlLXRoYXQtbm9ib2R5LW1heS1zZWU=',
  tokens: { manager: 'token-of-the-manager', storage: 'token-of-the-storage' },
}
export const sas = `sv=2023-11-03&sr=c&sp=l&se=2030-01-01T00:00:00Z&sig=${encodeURIComponent(secrets.signature)}`
export const ids = {
  subscription: '11111111-1111-4111-8111-111111111111',
  tenantId: '22222222-2222-4222-8222-222222222222',
  clientId: '33333333-3333-4333-8333-333333333333',
}

const account =
  'GET /subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}'
export const calls = {
  token: 'POST /{tenant}/oauth2/v2.0/token',
  list: 'GET /{container}',
  account,
  service: `${account}/blobServices/default`,
  container: `${account}/blobServices/default/containers/{container}`,
} as const

/** A blob as the storage lists it. */
export const blobOf = (name: string, at: string, bytes = 4_096, more = '') =>
  `<Blob><Name>${name}</Name><Properties><Creation-Time>${at}</Creation-Time><Last-Modified>${at}</Last-Modified><Etag>0x8D</Etag>${more}<Content-Length>${bytes}</Content-Length><BlobType>BlockBlob</BlobType><ServerEncrypted>true</ServerEncrypted></Properties></Blob>`

/** The error by which the storage refuses. */
export const refusal = (status: number, code: string): Said => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
  text: `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>About ${secrets.signature}</Message></Error>`,
})

/** An account as the manager describes it, with what is not to be kept. */
export const goodAccount = {
  name: 'backups',
  location: 'Germany West Central',
  tags: { owner: 'not.kept@example.com' },
  properties: {
    secondaryLocation: 'germanynorth',
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    encryption: { keySource: 'Microsoft.Storage', services: { blob: { enabled: true, keyType: 'Account' } } },
  },
}
export const goodContainer = {
  properties: {
    publicAccess: 'None',
    hasImmutabilityPolicy: true,
    immutabilityPolicy: {
      properties: { immutabilityPeriodSinceCreationInDays: 30, state: 'Locked' },
      updateHistory: [{ upn: 'not.kept@example.com' }],
    },
    hasLegalHold: false,
  },
}

/** Names of folders and their blobs; each page holds two. */
export type Blobs = Readonly<Record<string, readonly string[]>>

/** The storage with this container, and the manager of its account. */
export function startBlob({
  replaced = {},
  blobs = { '': [blobOf('db.dump', 'Sun, 22 Nov 2026 02:00:00 GMT')] },
}: { replaced?: Readonly<Record<string, (asked: Asked) => Said>>; blobs?: Blobs } = {}): Promise<VendorServer> {
  return startVendor({
    description,
    open: [calls.token, calls.list],
    answers: {
      [calls.token]: ({ body }) => {
        const { client_secret: secret, scope = '' } = body as Record<string, string>
        if (secret !== secrets.client) return { status: 401, json: { error: 'invalid_client', error_codes: [7000215] } }
        const isStorage = scope === 'https://storage.azure.com/.default'
        return { token_type: 'Bearer', access_token: isStorage ? secrets.tokens.storage : secrets.tokens.manager }
      },
      [calls.list]: (asked) => listOf(blobs, asked),
      [calls.account]: () => goodAccount,
      [calls.service]: () => ({
        properties: {
          isVersioningEnabled: true,
          deleteRetentionPolicy: { enabled: true, days: 30 },
          containerDeleteRetentionPolicy: { enabled: false },
        },
      }),
      [calls.container]: () => goodContainer,
      ...replaced,
    },
    isAuthorised: ({ authorization }) => authorization === `Bearer ${secrets.tokens.manager}`,
  })
}

function listOf(blobs: Blobs, { query, headers }: Asked): Said {
  const isSigned = query.get('sig') === secrets.signature && headers.authorization === undefined
  const hasToken = headers.authorization === `Bearer ${secrets.tokens.storage}`
  if (!isSigned && !hasToken) return refusal(403, 'AuthenticationFailed')
  if (headers['x-ms-version'] !== '2023-11-03') return refusal(400, 'InvalidHeaderValue')
  if (query.get('restype') !== 'container' || query.get('comp') !== 'list')
    return refusal(400, 'InvalidQueryParameterValue')
  const all = blobs[query.get('prefix') ?? ''] ?? []
  const at = Number(query.get('marker') ?? 0)
  const next = at + 2 < all.length ? `<NextMarker>${at + 2}</NextMarker>` : '<NextMarker />'
  const text = `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://backups.blob.core.windows.net/" ContainerName="copies"><MaxResults>1000</MaxResults><Blobs>${all.slice(at, at + 2).join('')}</Blobs>${next}</EnumerationResults>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, text }
}
