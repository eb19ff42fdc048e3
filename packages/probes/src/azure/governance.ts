/** Who owns subscriptions, what is locked, where resources lie, who hears of incidents, and the score of Defender. */
import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { groupLabel, labelOf, listed, rows, together, word } from './arm.ts'
import type { Azure } from './arm.ts'
import type { AzureFacts } from './facts.ts'

const groupQuery = `resourcecontainers
| where type =~ 'microsoft.resources/subscriptions/resourcegroups'
| project id
| order by id asc`

const Lock = z.object({
  id: z.string(),
  properties: z.object({ level: word(['notspecified', 'cannotdelete', 'readonly']) }),
})

export async function readLocks(azure: Azure): Promise<Seen<AzureFacts['locks']>> {
  const path = '/subscriptions/{subscription}/providers/Microsoft.Authorization/locks'
  const query = { 'api-version': '2020-05-01' }
  const [groups, locks] = await Promise.all([
    rows(azure, groupQuery, z.object({ id: z.string() })),
    Promise.all(
      azure.subscriptions.map((subscription) => listed(azure, { path, params: { subscription }, query }, Lock)),
    ).then((parts) => together(parts)),
  ])
  return seen(
    {
      groups: groups.items.map(({ id }) => ({ group: groupLabel(id) })),
      // A lock of no level holds nothing.
      locks: locks.items.flatMap(({ id, properties }) => (properties.level === 'notspecified' ? [] : [lockOf(id)])),
    },
    groups.complete && locks.complete,
  )
}

function lockOf(id: string): AzureFacts['locks']['locks'][number] {
  const scope = id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, '')
  const [group] = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/i.exec(scope) ?? []
  const subscription = (scope.split('/')[2] ?? '').slice(0, 8).toLowerCase()
  const on = group === undefined ? 'subscription' : group === scope ? 'group' : 'resource'
  return { on, subscription, group: group === undefined ? null : groupLabel(group) }
}

const Assignment = z.object({
  properties: z.object({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: word(['user', 'group', 'serviceprincipal', 'foreigngroup', 'device']),
  }),
})
const Role = z.object({
  name: z.string(),
  properties: z.object({ permissions: z.array(z.object({ actions: z.array(z.string()).nullish() })) }),
})

/** The role Owner has the same id in every tenant. */
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const kinds = {
  user: 'user',
  group: 'group',
  serviceprincipal: 'service-principal',
  foreigngroup: 'foreign-group',
  device: 'device',
} as const

/**
 * Owners on the subscription or above. Who is in a group is not said here: without somebody who looks after its members
 * elsewhere, their number is not known.
 */
export async function readOwners(azure: Azure, knownGroups: readonly string[]): Promise<Seen<AzureFacts['owners']>> {
  const authorization = '/subscriptions/{subscription}/providers/Microsoft.Authorization'
  const known = new Set(knownGroups.map((id) => id.toLowerCase()))
  const all = await Promise.all(
    azure.subscriptions.map(async (subscription) => {
      const ask = <T>(list: string, filter: string, item: z.ZodType<T>) =>
        listed(
          azure,
          {
            path: `${authorization}/${list}`,
            params: { subscription },
            query: { 'api-version': '2022-04-01', $filter: filter },
          },
          item,
        )
      const [assignments, roles] = await Promise.all([
        ask('roleAssignments', 'atScope()', Assignment),
        ask('roleDefinitions', "type eq 'CustomRole'", Role),
      ])
      const owners = new Map(
        assignments.items
          .filter(({ properties }) => properties.roleDefinitionId.toLowerCase().endsWith(owner))
          .map(({ properties: { principalId, principalType } }) => [
            principalId.toLowerCase(),
            { id: principalId.toLowerCase(), kind: kinds[principalType] },
          ]),
      )
      const isWide = ({ properties }: z.output<typeof Role>) =>
        properties.permissions.some(({ actions }) => actions?.includes('*'))
      return {
        facts: {
          subscription,
          owners: [...owners.values()],
          wideRoles: roles.items.filter(isWide).map(({ name }) => name.toLowerCase()),
        },
        complete:
          assignments.complete &&
          roles.complete &&
          [...owners.values()].every(({ id, kind }) => !kind.endsWith('group') || known.has(id)),
      }
    }),
  )
  return seen(
    all.map(({ facts }) => facts),
    all.every(({ complete }) => complete),
  )
}

const placeQuery = `resources
| summarize number = count() by type = tolower(type), location = tolower(location)
| order by type asc, location asc`

/** A database account may have copies in further places. */
const copyQuery = `resources
| where type =~ 'microsoft.documentdb/databaseaccounts'
| mv-expand place = properties.locations
| project id, location = tostring(place.locationName)
| order by id asc, location asc`

export async function readPlaces(azure: Azure): Promise<Seen<AzureFacts['places']>> {
  const [places, copies] = await Promise.all([
    rows(azure, placeQuery, z.object({ type: z.string(), location: z.string(), number: z.int() })),
    rows(azure, copyQuery, z.object({ id: z.string(), location: z.string() })),
  ])
  // Written as for people: West Europe.
  const byPlace = Map.groupBy(copies.items, ({ location }) => location.toLowerCase().replaceAll(' ', ''))
  return seen(
    [
      ...places.items.map(({ type, location, number }) => ({ type, location, count: number })),
      ...[...byPlace].map(([location, { length }]) => ({ type: 'copies of databases', location, count: length })),
    ],
    places.complete && copies.complete,
  )
}

const alertQuery = `resources
| where type =~ 'microsoft.insights/activitylogalerts'
| project id, enabled = properties.enabled, scopes = properties.scopes, conditions = properties.condition.allOf, groups = properties.actions.actionGroups
| order by id asc`

const receivers = [
  'email',
  'sms',
  'voice',
  'azureAppPush',
  'webhook',
  'itsm',
  'automationRunbook',
  'logicApp',
  'azureFunction',
  'armRole',
  'eventHub',
].map((kind) => `coalesce(array_length(properties.${kind}Receivers), 0)`)

/** Who is told is only counted, by Azure itself: names and numbers never come here. */
const actionQuery = `resources
| where type =~ 'microsoft.insights/actiongroups'
| project id, enabled = properties.enabled, receivers = ${receivers.join(' + ')}
| order by id asc`

const Alert = z.object({
  id: z.string(),
  enabled: z.boolean().nullish(),
  scopes: z.array(z.string()),
  conditions: z.array(z.object({ field: z.string().nullish(), equals: z.string().nullish() })),
  groups: z.array(z.object({ actionGroupId: z.string() })).nullish(),
})
const ActionGroup = z.object({ id: z.string(), enabled: z.boolean(), receivers: z.int() })

export async function readHealthAlerts(azure: Azure): Promise<Seen<AzureFacts['healthAlerts']>> {
  const [alerts, actions] = await Promise.all([rows(azure, alertQuery, Alert), rows(azure, actionQuery, ActionGroup)])
  const told = new Map(actions.items.map(({ id, enabled, receivers }) => [id.toLowerCase(), enabled ? receivers : 0]))
  const onHealth = alerts.items.filter(({ conditions }) => conditions.some(isHealth))
  // An action group of a subscription that is not looked at may well tell somebody.
  const isSeen = (id: string) =>
    azure.subscriptions.some((one) => id.toLowerCase().startsWith(`/subscriptions/${one}/`))
  const facts = azure.subscriptions.map((subscription) => ({
    subscription,
    alerts: onHealth
      .filter(({ scopes }) =>
        scopes.some((scope) => scope.toLowerCase().replace(/\/$/, '') === `/subscriptions/${subscription}`),
      )
      .map(({ id, enabled, conditions, groups }) => ({
        resource: labelOf(id),
        enabled: enabled ?? true,
        receivers: (groups ?? []).reduce((sum, group) => sum + (told.get(group.actionGroupId.toLowerCase()) ?? 0), 0),
        narrowed: !conditions.every(isHealth),
      })),
  }))
  const areGroupsSeen = onHealth.every(({ groups }) => (groups ?? []).every(({ actionGroupId: id }) => isSeen(id)))
  return seen(facts, alerts.complete && actions.complete && areGroupsSeen)
}

function isHealth({
  field,
  equals,
}: {
  field?: string | null | undefined
  equals?: string | null | undefined
}): boolean {
  return field?.toLowerCase() === 'category' && equals?.toLowerCase() === 'servicehealth'
}

const Score = z.object({ name: z.string(), properties: z.object({ score: z.object({ percentage: z.number() }) }) })

export async function readSecureScore(azure: Azure): Promise<Seen<AzureFacts['secureScore']>> {
  const path = '/subscriptions/{subscription}/providers/Microsoft.Security/secureScores'
  const query = { 'api-version': '2020-01-01' }
  const all = await Promise.all(
    azure.subscriptions.map(async (subscription) => {
      const { items, complete } = await listed(azure, { path, params: { subscription }, query }, Score)
      const whole = items.filter(({ name }) => name.toLowerCase() === 'ascscore')
      return {
        items: whole.map(({ properties }) => ({
          subscription,
          percent: Math.round(properties.score.percentage * 10_000) / 100,
        })),
        complete,
      }
    }),
  )
  const { items, complete } = together(all)
  return seen([...items], complete)
}
