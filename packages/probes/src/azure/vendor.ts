import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import type { Seen } from '../engine/reading.ts'
import { examined } from '../testing/examined.ts'
import { testContext } from '../testing/servers.ts'
import type { ListenAt } from '../testing/servers.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { startVendor } from '../testing/vendor.ts'
import { azure } from './connector.ts'
import { description, versions } from './description.ts'
import { goodRows, production, rg, second, vaultId } from './vendor-rows.ts'
import type { Row } from './vendor-rows.ts'

const token = 'token-of-azure-that-nobody-may-see'
const secret = 'client-secret-that-nobody-may-see'
/** What stands in answers and may not stand in facts. */
const withheld = ['value-of-a-parameter', 'value-of-a-secret', 'ops@example.com', 'text/plain; of a person']

type Answers = Record<string, (asked: Asked) => Said>

const definitionId = `${rg}/providers/Microsoft.Solutions/applicationDefinitions/product`
export const application = (name: string) => ({
  id: `${rg}/providers/Microsoft.Solutions/applications/${name}`,
  kind: 'ServiceCatalog',
  properties: {
    applicationDefinitionId: definitionId,
    authorizations: [{ principalId: 'p', roleDefinitionId: 'r' }],
    customerSupport: { contactName: 'Ops', email: 'ops@example.com', phone: '1' },
    jitAccessPolicy: { jitAccessEnabled: true, jitApprovalMode: 'ManualApprove', maximumJitAccessDuration: 'PT4H' },
    managedResourceGroupId: `/subscriptions/${production}/resourceGroups/mrg-${name}`,
    managementMode: 'Managed',
    parameters: {
      note: { type: 'String', value: 'value-of-a-parameter' },
      store: {
        type: 'String',
        value: `/subscriptions/${production}/resourceGroups/mrg-${name}/providers/Microsoft.Storage/storageAccounts/st${name}`,
      },
    },
    outputs: null,
  },
})

const goodAnswers: Answers = {
  'POST /{tenant}/oauth2/v2.0/token': () => ({ token_type: 'Bearer', expires_in: 3599, access_token: token }),
  'GET permissions': () => ({ value: [{ actions: ['*/read'], notActions: [] }] }),
  'GET locks': ({ params }) => ({
    value: params['subscription'] === production ? [lock(rg), lock(vaultId)] : [lock(`/subscriptions/${second}`)],
  }),
  'GET roleAssignments': () => ({
    value: [
      assignment('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'aaaaaaaa-0000-4000-8000-000000000001', 'User'),
      assignment('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'aaaaaaaa-0000-4000-8000-000000000002', 'Group'),
      assignment('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'aaaaaaaa-0000-4000-8000-000000000003', 'ServicePrincipal'),
    ],
  }),
  'GET roleDefinitions': () => ({
    value: [{ name: 'bbbbbbbb-0000-4000-8000-000000000001', properties: { permissions: [{ actions: ['*/read'] }] } }],
  }),
  'GET secureScores': () => ({
    value: [{ name: 'ascScore', properties: { score: { current: 30.5, max: 50, percentage: 0.61 }, weight: 1 } }],
  }),
  'GET applicationDefinitions': ({ params }) => ({
    value:
      params['subscription'] === production
        ? [
            {
              id: definitionId,
              properties: {
                authorizations: [{ principalId: 'p', roleDefinitionId: 'r' }],
                lockLevel: 'ReadOnly',
                managementPolicy: { mode: 'Managed' },
              },
            },
          ]
        : [],
  }),
  'GET applications': ({ params }) => ({
    value: params['subscription'] === production ? [application('one'), application('two')] : [],
  }),
  'GET keys': () => ({ value: [item('data-key', true, 1_800_000_000)] }),
  'GET secrets': () => ({ value: [item('db-password', true, 1_800_000_000), item('old', false)] }),
  'GET diagnosticSettings': () => ({
    value: [
      {
        properties: {
          workspaceId: `${rg}/providers/Microsoft.OperationalInsights/workspaces/logs`,
          logs: [{ category: null, categoryGroup: 'audit', enabled: true }],
        },
      },
    ],
  }),
  'GET web': () => ({ properties: { minTlsVersion: '1.2' } }),
  'GET {parameter}': ({ params }) => ({
    properties: { value: params['parameter'] === 'require_secure_transport' ? 'on' : 'TLSv1.2' },
  }),
  'GET backups': () => ({
    value: [
      { properties: { backupType: 'Full', completedTime: '2026-11-21T23:10:00.123+00:00', source: 'Automatic' } },
      { properties: { backupType: 'Full', completedTime: '2026-11-20T23:10:00.123+00:00', source: 'Automatic' } },
    ],
  }),
}

function lock(scope: string) {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/keep`, properties: { level: 'CanNotDelete' } }
}

function assignment(role: string, principalId: string, principalType: string) {
  const roleDefinitionId = `/subscriptions/${production}/providers/Microsoft.Authorization/roleDefinitions/${role}`
  return { properties: { roleDefinitionId, principalId, principalType, scope: `/subscriptions/${production}` } }
}

function item(name: string, enabled: boolean, exp?: number) {
  // Azure promises to leave the value out; nothing may hang on that.
  const more = { contentType: 'text/plain; of a person', value: 'value-of-a-secret' }
  return { name, properties: { ...more, attributes: { enabled, ...(exp === undefined ? {} : { exp }) } } }
}

/** How an answer of Resource Graph looks, for what a test changes. */
export type Changes = {
  readonly rows?: Readonly<Record<string, readonly Row[]>>
  readonly answers?: Answers
  /** More about the answer to one query than its rows. */
  readonly page?: (word: string, token: string | undefined) => Row | undefined
}

/** Azure on the loopback: everything can be seen and everything is as it should be, but for the changes. */
export function startAzure({ rows = {}, answers = {}, page }: Changes = {}, at?: ListenAt): Promise<VendorServer> {
  const own = { ...goodAnswers, ...answers }
  const known: Readonly<Record<string, readonly Row[]>> = { ...goodRows, ...rows }
  const byCall = Object.keys(description).map((call) => {
    const short = `GET ${call.split('/').at(-1)}`
    return [call, call.includes('ResourceGraph') ? graph : (own[call] ?? strict(call, own[short]))] as const
  })
  return startVendor({
    description,
    answers: Object.fromEntries(byCall),
    isAuthorised: ({ authorization }) => authorization === `Bearer ${token}`,
    open: ['POST /{tenant}/oauth2/v2.0/token'],
    at,
  })

  function graph({ body, query }: Asked): Said {
    const asked = body as { query: string; subscriptions: string[]; options: Readonly<Record<string, unknown>> }
    const word = Object.keys(known).find((one) => asked.query.includes(one))
    if (word === undefined || asked.subscriptions.length !== 2 || query.get('api-version') !== '2022-10-01')
      return { status: 400, json: { error: { code: 'BadRequest' } } }
    const skipToken = asked.options['$skipToken']
    const more = page?.(word, typeof skipToken === 'string' ? skipToken : undefined)
    const data = (known[word] ?? []).map((row) => projected(asked.query, row))
    return more ?? { totalRecords: data.length, count: data.length, data, facets: [], resultTruncated: 'false' }
  }
}

/** A row has the columns that the query projects, no more and no fewer. */
function projected(query: string, row: Row): Row {
  const columns =
    /\| (?:project|summarize) ([^\n]+)/.exec(query)?.[1]?.replace(/\([^()]*(\([^()]*\)[^()]*)*\)/g, '') ?? ''
  const names = columns.split(/,| by /).map((column) => column.split('=')[0]?.trim() ?? '')
  if (names.toSorted().join() !== Object.keys(row).toSorted().join())
    throw new Error(`the query asks for ${names.join()} and the test answers ${Object.keys(row).join()}`)
  return row
}

/** Answers only in the version of the API that is pinned. */
function strict(call: string, answer: ((asked: Asked) => Said) | undefined): (asked: Asked) => Said {
  const provider = Object.keys(versions)
    .filter((one) => call.includes(one))
    .at(0)
  const version = versions[provider ?? '']
  return (asked) => {
    if (answer === undefined || version === undefined) throw new Error(`the test has no answer for ${call}`)
    return asked.query.get('api-version') === version
      ? answer(asked)
      : { status: 400, json: { error: { code: 'InvalidApiVersionParameter' } } }
  }
}

/** A group that owns, and whose members are looked after elsewhere. */
export const ownerGroup = 'aaaaaaaa-0000-4000-8000-000000000002'

/** Settings of a connection to Azure on the loopback. */
export const settings = (base: string) => ({
  tenantId: '33333333-3333-4333-8333-333333333333',
  clientId: '44444444-4444-4444-8444-444444444444',
  secret,
  subscriptions: [production, second],
  ownerGroups: [ownerGroup],
  baseUrl: base,
  loginUrl: base,
})

const byGraph = [
  'vaults',
  'vaultItems',
  'vaultLogs',
  'tlsFloors',
  'storage',
  'databaseTls',
  'protection',
  'backupJobs',
  'locks',
  'places',
  'healthAlerts',
]
const hurtsByEnd: Readonly<Record<string, readonly string[]>> = {
  token: ['*'],
  permissions: ['*'],
  resources: byGraph,
  locks: ['locks'],
  roleAssignments: ['owners'],
  roleDefinitions: ['owners'],
  secureScores: ['secureScore'],
  applicationDefinitions: ['managedApps'],
  applications: ['managedApps'],
  keys: ['vaultItems'],
  secrets: ['vaultItems'],
  diagnosticSettings: ['vaultLogs'],
  web: ['tlsFloors'],
  '{parameter}': ['databaseTls'],
  backups: ['backupJobs'],
}

const calls = Object.keys(description)
const isOfResource = (call: string) => call.includes('/resourceGroups/')

/** What the connector is examined with, in two files, since each has its time. */
export const casesOf = (part: 'subscriptions' | 'resources') => {
  const own = (call: string) => isOfResource(call) === (part === 'resources')
  return {
    start: () => startAzure(),
    settings,
    secrets: [token, secret, ...withheld],
    hurts: Object.fromEntries(
      calls.filter(own).map((call) => [call, hurtsByEnd[call.split('/').at(-1) ?? ''] ?? []] as const),
    ),
    elsewhere: calls.filter((call) => !own(call)),
  }
}

/** Looks once at Azure as it is after the changes. */
export async function look(changes: Changes = {}, more: Readonly<Record<string, unknown>> = {}) {
  const vendor = await startAzure(changes)
  const context = testContext({ budgets: openBudgets(), now: () => examined })
  const reading = await collect(azure, { ...settings(vendor.base), ...more }, context)
  await vendor.close()
  const groups: Readonly<Record<string, Seen<unknown>>> = reading.read === 'ok' ? reading.facts : {}
  return {
    reading,
    /** The facts of a group, or why there are none. */
    facts: (name: string) => {
      const one = groups[name]
      return one?.read === 'ok' ? one.facts : one
    },
    state: (name: string) => {
      const one = groups[name]
      return one?.read === 'ok' ? (one.complete ? 'seen' : 'incomplete') : one?.why
    },
  }
}
