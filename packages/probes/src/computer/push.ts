import { z } from 'zod'
import { seen, unseen, whys } from '../engine/reading.ts'
import type { Reading, Seen } from '../engine/reading.ts'
import { hostFacts } from '../host/facts.ts'
import type { HostFacts } from '../host/facts.ts'
import { endOfLifeSource, lifecycleOf } from '../versions/end-of-life.ts'
import { computerIdPattern } from './identity.ts'

/** The format of what a computer sends. A change that older readers cannot read gets another number. */
export const pushFormat = 'art32.host/1'

/** Longest text, and most entries of one list, of facts: far above those of a real machine. */
const longestText = 300
const mostEntries = 2_000

const Unseen = z.strictObject({
  read: z.literal('no'),
  why: z.enum(whys),
  detail: z.string().max(longestText),
  needs: z.string().max(longestText).exactOptional(),
})

function group<T extends z.ZodType>(facts: T) {
  const ok = z.strictObject({ read: z.literal('ok'), complete: z.boolean(), facts })
  return z.discriminatedUnion('read', [ok, Unseen]).optional()
}

/** The facts of one computer: what `art32 collect host` and the two files print and send. */
export const Push = z.strictObject({
  format: z.literal(pushFormat),
  /** Stable, and not the name of the machine or of a person. */
  computer: z.string().regex(computerIdPattern),
  /** What stands on the sticker of the machine, where somebody gave it: never the name of a person. */
  label: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/)
    .optional(),
  /** When it was looked at, by the clock of the computer. */
  at: z.iso.datetime(),
  /** Which program looked: `art32 0.1.0`, `collect-host.sh 1`, `osquery` … */
  collector: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/),
  groups: z
    .strictObject({
      system: group(hostFacts.system),
      volumes: group(hostFacts.volumes),
      firewall: group(hostFacts.firewall),
      updates: group(hostFacts.updates),
      time: group(hostFacts.time),
      accounts: group(hostFacts.accounts),
      ssh: group(hostFacts.ssh),
      logs: group(hostFacts.logs),
      arrays: group(hostFacts.arrays),
      disks: group(hostFacts.disks),
      screenLock: group(hostFacts.screenLock),
      antivirus: group(hostFacts.antivirus),
      baseline: group(hostFacts.baseline),
    } satisfies Record<keyof HostFacts, z.ZodType>)
    .superRefine((groups, context) => {
      for (const path of beyond(groups)) context.addIssue({ code: 'custom', path, message: 'is too long' })
    }),
})

/** The facts of one computer. */
export type Push = z.output<typeof Push>

/** Places of texts and lists that are longer than those of a real machine. */
function beyond(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'string') return value.length > longestText ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value) && value.length > mostEntries) return [path]
  return Object.entries(value).flatMap(([key, item]) =>
    beyond(item, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

/**
 * What servers have, and a laptop need not: where nothing of it is there, the computer is no system for which it counts. All
 * else belongs to every computer, so one that does not send it could not be looked at.
 */
const ofServers: ReadonlySet<string> = new Set([
  'ssh',
  'logs',
  'arrays',
  'disks',
  'baseline',
] satisfies (keyof HostFacts)[])

/**
 * The reading that a push is: what was not sent was not looked at, and accounts get the pseudonym of the tenant.
 *
 * @param at when it counts as seen
 */
export function readingOf(push: Push, at: Date, pseudonym: (person: string) => string): Reading {
  const groups: Record<string, Seen<unknown>> = {}
  for (const name of Object.keys(hostFacts)) {
    const sent = push.groups[name as keyof HostFacts]
    const isThere = sent !== undefined && (sent.read === 'ok' || sent.why !== 'not-configured')
    if (isThere || !ofServers.has(name))
      groups[name] = sent ?? unseen('not-configured', `${push.collector} does not look at ${name}`)
  }
  if (push.groups.accounts?.read === 'ok') {
    const { facts, complete } = push.groups.accounts
    const rootEquivalent = facts.rootEquivalent.map((name) =>
      name === 'root' ? name : pseudonym(`${push.computer} ${name}`),
    )
    groups['accounts'] = seen({ ...facts, rootEquivalent }, complete)
  }
  const { date, source } = endOfLifeSource()
  groups['data'] = seen({ date, source })
  groups['components'] = componentsOf(push.groups.system)
  const complete = Object.values(groups).every((one) => one.read === 'ok' && one.complete)
  return { read: 'ok', complete, facts: groups, at: at.toISOString(), source: `computer ${push.collector}` }
}

/** Of Windows and macOS, the version by which their makers support it. */
function componentsOf(system: Push['groups']['system']): Seen<unknown> {
  if (system === undefined) return unseen('not-configured', 'the computer does not say which system it runs')
  if (system.read === 'no') return system
  const { product, version } = system.facts
  return seen([{ product, version, observed: true, origin: 'upstream', lifecycle: lifecycleOf(product, version) }])
}
