import { TargetError, connectorOf, looksAtOwnMachine, parseTarget, secretsOf, targetOfSettings } from '@art32/probes'
import type { Target } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { addDuration } from '../kernel/index.ts'
import { open, seal } from '../platform/index.ts'
import { ensureSystem, moveSystem } from '../system/index.ts'
import type { Environment } from '../system/index.ts'
import { connectionErrors } from './errors.ts'
import * as store from './store.ts'
import type { ConnectionRow } from './store.ts'

/** The queue of looks that are due; its payload is a `Look`. */
export const lookQueue = 'connection.look'

/** A look that is due. */
export interface Look {
  readonly tenantId: string
  readonly connectionId: string
}

/** How often a connection is looked at unless somebody says otherwise. */
const defaultEvery = 'P1D'

/** What is to be connected: an address, or a connector with its settings. */
export interface Wanted {
  readonly target?: string | undefined
  readonly connector?: string | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  readonly name?: string | undefined
  readonly environment?: Environment | undefined
}

/** How often a target is looked at. */
const everyOf = ({ connector }: Target) => connectorOf(connector)?.every ?? defaultEvery

/**
 * Connects what a target names; an https address is two connections (TLS endpoint and web site) of one system.
 *
 * @param mayBeLocal whether this tenant may look at art32's own machine
 * @returns ids of the new connections
 * @throws {connection.bad_target | connection.bad_settings | connection.exists | connection.local_only |
 *   connection.other_environment | connection.shared_secret | system.other_environment}
 */
export async function connect(
  tx: TenantContext,
  { name, environment = 'production', ...what }: Wanted,
  mayBeLocal: boolean,
): Promise<string[]> {
  const targets = what.target === undefined ? [fromForm(what.connector ?? '', what.settings)] : parse(what.target)
  if (!mayBeLocal && targets.some(looksAtOwnMachine)) throw connectionErrors.local_only()
  await refuseSharedSecret(tx, targets.flatMap(secretsOf), (row) => row.environment !== environment)
  const ids: string[] = []
  for (const found of targets) {
    const known = await store.find(tx, found.connector, found.system)
    if (known && known.environment !== environment)
      throw connectionErrors.other_environment({ environment: known.environment })
    if (known && lacksSettings(known)) {
      await enterAgain(tx, known, found)
      ids.push(known.id)
    }
    if (known) continue
    const systemId = await ensureSystem(tx, {
      name: name ?? nameOf(found, tx.tenant.language),
      kind: found.connector,
      environment,
    })
    const id = tx.newId()
    const row = { id, system_id: systemId, connector: found.connector, target: found.system, every: everyOf(found) }
    await store.add(tx, { ...row, environment, settings: sealSettings(tx, id, found), next_at: tx.now })
    await tx.append({
      type: 'connection.created',
      about: { kind: 'connection', id },
      content: { after: termsOf(row) },
    })
    if (!sendsItself(row)) await schedule(tx, id, addDuration(tx.now, defaultEvery))
    ids.push(id)
  }
  if (ids.length === 0) throw connectionErrors.exists()
  return ids
}

/** What the ledger says of a connection: never its sealed settings, and its target without credentials. */
export function termsOf({
  connector,
  target,
  system_id: system,
  every,
}: Pick<ConnectionRow, 'connector' | 'target' | 'system_id' | 'every'>): Record<string, string> {
  return { connector, target, system, every }
}

/** Whether the settings were left behind when the tenant was taken from another installation. */
export function lacksSettings({ settings }: Pick<ConnectionRow, 'settings'>): boolean {
  return settings.length === 0
}

/** Whether the system sends its facts by itself: nobody looks at it. */
export function sendsItself({ connector }: Pick<ConnectionRow, 'connector'>): boolean {
  return connectorOf(connector)?.sends === true
}

/** The same target given once more brings back what an import could not. */
async function enterAgain(tx: TenantContext, { id }: ConnectionRow, found: Target): Promise<void> {
  await store.setSettings(tx, id, sealSettings(tx, id, found))
  await tx.append({ type: 'connection.changed', about: { kind: 'connection', id }, code: 'entered' })
  if (!sendsItself(found)) await schedule(tx, id, tx.now)
}

/**
 * Moves a system with its connections to another environment; a secret that is also used where it leaves stays behind.
 *
 * @throws {system.not_found | connection.shared_secret}
 */
export async function move(
  tx: TenantContext,
  change: { systemId: string; environment: Environment; reason: string },
): Promise<void> {
  const own = (await store.list(tx)).filter((row) => row.system_id === change.systemId && !lacksSettings(row))
  await refuseSharedSecret(
    tx,
    own.flatMap((row) => secretsOf(targetOf(tx, row))),
    (row) => row.system_id !== change.systemId && row.environment !== change.environment,
  )
  await moveSystem(tx, change)
}

/** One secret in two environments is a way from one into the other. */
async function refuseSharedSecret(
  tx: TenantContext,
  secrets: readonly string[],
  isElsewhere: (row: ConnectionRow) => boolean,
): Promise<void> {
  if (secrets.length === 0) return
  for (const row of (await store.list(tx)).filter((one) => isElsewhere(one) && !lacksSettings(one)))
    if (secretsOf(targetOf(tx, row)).some((secret) => secrets.includes(secret)))
      throw connectionErrors.shared_secret({ environment: row.environment })
}

function sealSettings(tx: TenantContext, id: string, { settings }: Target): Buffer {
  return seal(tx.dataKey, place(tx, id), Buffer.from(JSON.stringify(settings)))
}

/** What a system is called until somebody gives it a name: an address is known by its host, whatever is looked at there. */
function nameOf({ connector, settings, system }: Target, language: 'en' | 'de'): string {
  if (connector === 'host' || (connector === 'versions' && looksAtOwnMachine({ connector, settings })))
    return machine[language]
  if (connector === 'self' || (connector === 'app' && settings['url'] === 'self')) return installation[language]
  if (connector === 'http') return new URL(String(settings['url'])).host
  if (connector === 'tls')
    return settings['port'] === 443
      ? String(settings['host'])
      : `${String(settings['host'])}:${String(settings['port'])}`
  return system
}

const machine = { en: 'This machine', de: 'Diese Maschine' }
const installation = { en: 'This installation', de: 'Diese Installation' }

function parse(target: string): Target[] {
  try {
    return parseTarget(target)
  } catch (error) {
    if (error instanceof TargetError) throw connectionErrors.bad_target({ problem: error.message }, { cause: error })
    throw error
  }
}

function fromForm(connector: string, settings: Readonly<Record<string, unknown>> = {}): Target {
  const found = targetOfSettings(connector, settings)
  if ('wrong' in found) throw connectionErrors.bad_settings({ names: found.wrong.join(', ') })
  return found.target
}

/**
 * Enters the settings of a connection anew, for example a secret that was changed. It stays a connection to the same
 * system.
 *
 * @throws {connection.not_found | connection.bad_settings | connection.other_target | connection.shared_secret}
 */
export async function changeSettings(
  tx: TenantContext,
  connectionId: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const row = await store.get(tx, connectionId)
  const target = fromForm(row.connector, settings)
  if (target.system !== row.target) throw connectionErrors.other_target()
  await refuseSharedSecret(tx, secretsOf(target), (one) => one.environment !== row.environment)
  await enterAgain(tx, row, target)
}

/** Puts the next look into the queue. The time is spread a little, so that a thousand connections do not look at once. */
export async function schedule(tx: TenantContext, connectionId: string, at: Date): Promise<void> {
  await store.setNext(tx, connectionId, at)
  const look: Look = { tenantId: tx.tenant.id, connectionId }
  await tx.enqueue(lookQueue, look, at)
}

/** When the look after this one is due. @param random uniform in [0, 1) */
export function nextLook(row: ConnectionRow, now: Date, random: number): Date {
  const at = addDuration(now, row.every)
  return new Date(at.getTime() + (at.getTime() - now.getTime()) * (random - 0.5) * 0.1)
}

/** The target of a connection with its settings unsealed; the system's random id stands for its name. */
export function targetOf(tx: TenantContext, row: ConnectionRow): Target {
  const settings: unknown = JSON.parse(open(tx.dataKey, place(tx, row.id), row.settings).toString('utf8'))
  // Written by `connect` from a parsed target; the connector's own schema parses it again before a look.
  return { connector: row.connector, settings: settings as Target['settings'], system: row.system_id }
}

function place(tx: TenantContext, connectionId: string): string {
  return `tenant:${tx.tenant.id}/connection:${connectionId}/settings`
}
