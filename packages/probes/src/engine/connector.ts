import type { z } from 'zod'
import type { Budgets } from '../api/budget.ts'
import type { SelfFacts } from '../self/facts.ts'
import type { Comparison } from './compare.ts'
import type { Discovered } from './discovered.ts'
import { reasonOf, seen, unseen } from './reading.ts'
import type { Groups, Reading, Seen, Why } from './reading.ts'
import type { Text } from './text.ts'

/** What a connector may use of the world. Time, chance, name servers and limits are given, never taken. */
export type Context = {
  readonly now: () => Date
  /** Uniform in [0, 1); only for jitter and query ids. */
  readonly random: () => number
  /** Aborted when the time of the target is over. */
  readonly signal: AbortSignal
  /** Addresses of name servers, `ip` or `ip:port`; the first that answers wins. */
  readonly resolver: readonly string[]
  readonly limits: {
    /** How long one connection may stay silent, in milliseconds. */
    readonly silenceMs: number
    /** How much of one answer is read, in bytes. */
    readonly answerBytes: number
  }
  /** False for an address that this installation must not reach, for example its own network. */
  readonly mayReach: (address: string) => boolean
  /**
   * What stands for a person in facts, the same for the same mail address or account name over all systems of a tenant.
   * Facts never hold the name itself; on the command line, where nothing is stored, it is the name.
   */
  readonly pseudonym: (person: string) => string
  /** How often vendors are asked; shared by all looks of a process. Absent: by those of this module. */
  readonly budgets?: Budgets | undefined
  /** Earlier answers with their ETag, so that a vendor need not send again what did not change. Absent: none is kept. */
  readonly answers?: KnownAnswers | undefined
  /** Told of every request that leaves. */
  readonly sent?: ((request: Sent) => void) | undefined
  /** What the running installation says about itself; absent on the command line. */
  readonly self?: (() => Promise<SelfFacts>) | undefined
  /** Where the running installation shows how it keeps accounts, as any application does; absent on the command line. */
  readonly application?: { readonly url: string; readonly passwordTest: string } | undefined
}

/** What went out as it is recorded: no parameters, no credentials. */
export type Sent = {
  readonly method: string
  readonly host: string
  /** With the names of its places instead of what stood there. */
  readonly path: string
  /** Null for a connection by itself. */
  readonly status: number | null
}

/** Answers by who asked for what. */
export type KnownAnswers = {
  get(key: string): { readonly etag: string; readonly body: string } | undefined
  set(key: string, answer: { readonly etag: string; readonly body: string }): void
}

/** One right that a connector needs, and what for: shown before a connection is made. */
export type Privilege = { readonly privilege: string; readonly reason: Text }

/** An account as facts name it: by an id of the vendor or a pseudonym, never by name or mail address. */
export type Account = {
  readonly id: string
  readonly isAdmin: boolean
  /** null: the facts do not say. */
  readonly isActive: boolean | null
  /** What stands for the mail address of whoever has it. Absent or null: the facts do not say. */
  readonly person?: string | null
  /** Roles and rights by the vendor's own words. */
  readonly rights?: readonly string[]
  /** When it was last used. Absent or null: the facts do not say. */
  readonly lastUsed?: string | null
}

/** Facts that a connector sees, by group. */
export type Facts = Readonly<Record<string, unknown>>

/** The code for one vendor or technique: settings in, a reading out. It never judges. */
export type Connector<S extends z.ZodObject = z.ZodObject, F extends Facts = Facts> = {
  readonly id: string
  readonly title: Text
  /** What can be connected, in one sentence. */
  readonly about: Text
  /** What has to be known to look; carries labels and help, so that a form can be drawn from it. */
  readonly settings: S
  /** The strict shape of each group of facts. */
  readonly facts: { readonly [K in keyof F]: z.ZodType<F[K]> }
  /** How two of its looks are compared. */
  readonly history: Comparison
  /**
   * Systems of which facts tell. Absent: it sees none but its own. Given is one group at a time, if it was seen
   * completely: what stood in one that was not seen is not gone.
   */
  discovers?(facts: Partial<F>): readonly Discovered[]
  /** Least privileges. */
  readonly needs: readonly Privilege[]
  /** How often to look, as ISO 8601 duration. Absent: daily. */
  readonly every?: string
  /** Address without credentials, stable over time: names the system where nobody else does. */
  address(settings: z.output<S>): string
  /**
   * Whether the look would be at the machine on which art32 runs, its files or its sockets: not for everybody who may
   * connect something. Absent: never.
   */
  ownMachine?(settings: z.output<S>): boolean
  /** The system sends its facts by itself, so no look at it is ever due. Absent: it is looked at. */
  readonly sends?: boolean
  /** The accounts among the groups that were seen, to be matched to people. Absent: its facts name none. */
  accounts?(facts: Partial<F>): readonly Account[]
  /** The group of facts that lists every account: what is not in it is gone, if it was seen completely. Absent: none does. */
  readonly roster?: keyof F & string
  /** People have accounts there, and its interface tells of none: why. A person looks in art32's place. */
  readonly hidesAccounts?: Text
  /** Looks once. May throw: the engine makes a reading without facts of it. */
  collect(settings: z.output<S>, context: Context): Promise<Groups<F>>
}

/**
 * Looks once and never throws. Facts are parsed strictly here, so that a check never meets a field that is missing:
 * a group that does not have the promised shape becomes `contract`.
 */
export async function collect(connector: Connector, settings: unknown, context: Context): Promise<Reading> {
  const at = context.now().toISOString()
  const parsed = connector.settings.safeParse(settings)
  if (!parsed.success)
    return { ...unseen('not-configured', `settings: ${places(parsed.error)}`), at, source: connector.id }
  const source = `${connector.id} ${connector.address(parsed.data)}`
  try {
    context.signal.throwIfAborted()
    const groups = await Promise.race([connector.collect(parsed.data, context), aborted(context.signal)])
    return { ...parseGroups(connector, groups), at, source }
  } catch (error) {
    return { ...reasonOf(context.signal.aborted ? context.signal.reason : error), at, source }
  }
}

/**
 * A stored reading as this release would take it: a group that lacks what its checks read by now becomes `contract`,
 * so that a newer check never meets a field that is missing.
 */
export function parseReading(connector: Connector, reading: Reading): Reading {
  if (reading.read === 'no') return reading
  const { at, source } = reading
  return { ...parseGroups(connector, reading.facts), at, source }
}

/** The accounts that a reading names; none where it saw none. An account that several groups name comes once. */
export function accountsIn(connector: Connector, reading: Reading): Account[] {
  if (reading.read === 'no' || !connector.accounts) return []
  const seenGroups = Object.entries(reading.facts).flatMap(([name, group]) => {
    // Facts that an earlier release kept may have another form.
    const parsed = group.read === 'ok' ? connector.facts[name]?.safeParse(group.facts) : undefined
    return parsed?.success ? [[name, parsed.data] as const] : []
  })
  const accounts = new Map<string, Account>()
  for (const account of connector.accounts(Object.fromEntries(seenGroups))) {
    const known = accounts.get(account.id)
    accounts.set(account.id, {
      id: account.id,
      isAdmin: account.isAdmin || known?.isAdmin === true,
      isActive: account.isActive ?? known?.isActive ?? null,
      person: account.person ?? known?.person ?? null,
      rights: [...new Set([...(known?.rights ?? []), ...(account.rights ?? [])])],
      lastUsed: account.lastUsed ?? known?.lastUsed ?? null,
    })
  }
  return [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * Whether a reading lists every account of its system, so that one that is not listed is gone; otherwise why it does not.
 */
export function rosterIn({ roster }: Connector, reading: Reading): 'whole' | Why {
  if (roster === undefined) return 'not-configured'
  if (reading.read === 'no') return reading.why
  const group = reading.facts[roster]
  if (group === undefined) return 'contract'
  if (group.read === 'no') return group.why
  return group.complete ? 'whole' : 'incomplete'
}

function parseGroups(connector: Connector, groups: Groups<Facts>): Seen<Groups<Facts>> {
  const parsed: Record<string, Seen<unknown>> = {}
  for (const [name, schema] of Object.entries(connector.facts)) parsed[name] = parseGroup(schema, groups[name])
  return seen(
    parsed,
    Object.values(parsed).every((group) => group.read === 'ok' && group.complete),
  )
}

function parseGroup(schema: z.ZodType, group: Seen<unknown> | undefined): Seen<unknown> {
  if (group === undefined) return unseen('contract', 'this group of facts was not delivered')
  if (group.read === 'no') return group
  const facts = schema.safeParse(group.facts)
  return facts.success ? seen(facts.data, group.complete) : unseen('contract', places(facts.error))
}

/** Places and kinds of the faults, never the values: they may be personal or secret. */
function places(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'value'} (${issue.code})`).join(', ')
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
