/** What backup vaults protect, how long copies are kept, and how the last jobs ended. */
import { z } from 'zod'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { findLabel, labelOf, rows, word } from './arm.ts'
import type { Azure } from './arm.ts'
import { newestCopies } from './databases.ts'
import type { ServerRows } from './databases.ts'
import type { AzureFacts } from './facts.ts'

type Protection = AzureFacts['protection'][number]
type Job = AzureFacts['backupJobs'][number]

const itemQuery = `recoveryservicesresources
| where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems', 'microsoft.dataprotection/backupvaults/backupinstances')
| project id, name = coalesce(tostring(properties.friendlyName), tostring(properties.dataSourceInfo.resourceName)), source = coalesce(tostring(properties.sourceResourceId), tostring(properties.dataSourceInfo.resourceID)), state = coalesce(tostring(properties.currentProtectionState), tostring(properties.protectionState)), policy = coalesce(tostring(properties.policyId), tostring(properties.policyInfo.policyId))
| order by id asc`

const policyQuery = `recoveryservicesresources
| where type in~ ('microsoft.recoveryservices/vaults/backuppolicies', 'microsoft.dataprotection/backupvaults/backuppolicies')
| project id, retention = properties.retentionPolicy, parts = properties.subProtectionPolicy, rules = properties.policyRules
| order by id asc`

const jobQuery = `recoveryservicesresources
| where type in~ ('microsoft.recoveryservices/vaults/backupjobs', 'microsoft.dataprotection/backupvaults/backupjobs')
| project id, operation = coalesce(tostring(properties.operationCategory), tostring(properties.operation)), set = tostring(properties.dataSourceSetName), item = coalesce(tostring(properties.dataSourceName), tostring(properties.entityFriendlyName)), status = tostring(properties.status), ended = tostring(properties.endTime)
| where operation startswith 'Backup'
| order by id asc`

const states = {
  protected: 'protected',
  protectionconfigured: 'protected',
  updatingprotection: 'protected',
  irpending: 'pending',
  configuringprotection: 'pending',
  configuringprotectionfailed: 'error',
  protectionerror: 'error',
  protectionstopped: 'stopped',
  protectionpaused: 'paused',
  backupssuspended: 'suspended',
  backupschedulessuspended: 'suspended',
  retentionschedulessuspended: 'suspended',
  invalid: 'invalid',
  notprotected: 'none',
  softdeleting: 'deleted',
  softdeleted: 'deleted',
} as const

const Item = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  state: word(Object.keys(states) as (keyof typeof states)[]),
  policy: z.string(),
})

const daysOf = { days: 1, weeks: 7, months: 30, years: 365 } as const
const Kept = z
  .object({
    retentionDuration: z.object({ count: z.number(), durationType: word(['days', 'weeks', 'months', 'years']) }),
  })
  .transform(({ retentionDuration: { count, durationType } }) => count * daysOf[durationType])

/** The daily copies where there are some, else the weekly ones, else the only time that is named. */
const Retention = z.union([
  z.object({ dailySchedule: Kept }).transform(({ dailySchedule }) => dailySchedule),
  z.object({ weeklySchedule: Kept }).transform(({ weeklySchedule }) => weeklySchedule),
  Kept,
])

const Policy = z.object({
  id: z.string(),
  retention: z.unknown(),
  parts: z.unknown(),
  rules: z.unknown(),
})

/** Policies that nothing uses may have any form. */
const Used = z.object({
  retention: Retention.nullish(),
  parts: z.array(z.object({ policyType: z.string(), retentionPolicy: Retention.nullish() })).nullish(),
  rules: z
    .array(
      z.object({
        isDefault: z.boolean().nullish(),
        lifecycles: z.array(z.object({ deleteAfter: z.object({ duration: z.string() }) })).nullish(),
      }),
    )
    .nullish(),
})

/** Vaults, and servers that make copies of themselves. */
export async function readProtection(azure: Azure, servers: ServerRows): Promise<Seen<Protection[]>> {
  const [items, policies] = await Promise.all([rows(azure, itemQuery, Item), rows(azure, policyQuery, Policy)])
  const byId = new Map(policies.items.map((policy) => [policy.id.toLowerCase(), policy]))
  const vaults = items.items.map((item) => ({
    workload: workloadOf(item),
    by: 'vault' as const,
    state: states[item.state],
    retentionDays: keptDays(byId.get(item.policy.toLowerCase())),
  }))
  const builtIn = servers.items.map(({ id, retentionDays }) => ({
    workload: labelOf(id),
    by: 'built-in' as const,
    state: 'protected' as const,
    retentionDays: retentionDays ?? null,
  }))
  return seen([...vaults, ...builtIn], items.complete && policies.complete && servers.complete)
}

/** A machine or an account may hold several things that are protected one by one: these carry their name, too. */
function workloadOf({ id, name, source }: z.output<typeof Item>): string {
  const of = findLabel(source) ?? labelOf(id)
  return name === '' || of.endsWith(`/${name.toLowerCase()}`) ? of : `${of}#${name.toLowerCase()}`
}

function keptDays(policy: z.output<typeof Policy> | undefined): number | null {
  if (policy === undefined) return null
  const { retention, parts, rules } = Used.parse(policy)
  const full = parts?.find(({ policyType }) => policyType.toLowerCase() === 'full')?.retentionPolicy
  const rule = rules?.find(({ isDefault }) => isDefault === true)?.lifecycles?.[0]?.deleteAfter.duration
  const days = retention ?? full ?? (rule === undefined ? undefined : periodDays(rule))
  if (days == null) throw new Unreadable('contract', 'a backup policy does not say in a known form how long it keeps')
  return days
}

/** Months and years are counted with 30 and 365 days: never longer than they are. */
function periodDays(period: string): number | undefined {
  const [whole, years = 0, months = 0, weeks = 0, days = 0] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period) ?? []
  return whole === undefined || whole === 'P'
    ? undefined
    : Number(years) * 365 + Number(months) * 30 + Number(weeks) * 7 + Number(days)
}

const JobRow = z.object({
  id: z.string(),
  /** The server or cluster of which the item is a part. */
  set: z.string(),
  item: z.string(),
  status: word(['completed', 'completedwithwarnings', 'failed', 'cancelled', 'cancelling', 'inprogress', 'invalid']),
  ended: z.union([z.literal(''), z.iso.datetime({ offset: true })]),
})

/** Of each thing that is backed up, when a job last ended well and when one last failed. */
export async function readJobs(azure: Azure, servers: ServerRows): Promise<Seen<Job[]>> {
  const [jobs, copies] = await Promise.all([rows(azure, jobQuery, JobRow), newestCopies(azure, servers)])
  const last = new Map<string, Job>()
  for (const { id, set, item: name, status, ended } of jobs.items) {
    const item = set === '' || set === name ? name : `${set}/${name}`
    const resource = labelOf(id.replace(/\/backupJobs\/.*$/i, ''))
    const key = `${resource}\0${item}`
    const known = last.get(key) ?? { resource, item, lastCompleted: null, lastFailed: null }
    const isGood = status === 'completed' || status === 'completedwithwarnings'
    last.set(key, {
      ...known,
      ...(isGood ? { lastCompleted: later(known.lastCompleted, ended) } : {}),
      ...(status === 'failed' ? { lastFailed: later(known.lastFailed, ended) } : {}),
    })
  }
  return seen([...last.values(), ...copies.items], jobs.complete && copies.complete)
}

function later(known: string | null, ended: string): string | null {
  if (ended === '') return known
  const time = new Date(ended).toISOString()
  return known === null || time > known ? time : known
}
