import type { Pool, PoolClient } from 'pg'
import { formatVkey, keyChangeCodes, keyMember, logKeyCode, namedNext, verifierKey } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { Clock, SignedHead } from '../platform/index.ts'
import { logNumber } from '../tenant/index.ts'
import type { LogSigner, OpenTenant, Registry } from '../tenant/index.ts'
import { prepare } from './append.ts'
import type { Happening } from './append.ts'
import { transactionOn } from './connection.ts'
import { restate } from './earlier.ts'
import { integratePending } from './sequencer.ts'
import * as store from './store.ts'
import { goOn, headOf } from './succession.ts'

/** A change of the key of a log, by a person. */
export interface KeyChange {
  readonly by: string
  readonly reason: string
  /** The key is in foreign hands, as far as known since a time; null: it is not. */
  readonly compromised: { readonly since: string | null } | null
}

type Sql = Pick<PoolClient, 'query'>

/** What happens to the log in one transaction. */
interface Step {
  readonly change: KeyChange
  readonly subject: Happening['about']
  readonly present: { readonly signer: LogSigner; readonly vkey: string }
  readonly next: LogSigner
  readonly at: Date
}

/**
 * Changes the key of a tenant's log. The new key is kept before anything names it; the log ends and goes on in one transaction
 * of its database; then the registry takes the new key for the present one, which destroys the one before. Killed at any
 * point, the next start finds by the origin in the tenant's database which of the two keys counts.
 */
export async function changeTenantKey(
  open: OpenTenant,
  change: KeyChange,
  world: { registry: Registry; cited: (sql: store.Queryable) => Promise<Buffer[]>; clock: Clock },
): Promise<void> {
  const { registry, cited, clock } = world
  const { id, origin, vkey } = open.tenant
  const number = logNumber(open.firstOrigin, origin) + 1
  const next = await registry.prepareLogKey(id, number)
  const at = clock.now()
  const step = { change, subject: { kind: 'tenant', id }, present: { signer: open.signer, vkey }, next, at }
  await inOne(open.connections, open.signer, async (sql, signer) => {
    await endAndGoOn(sql, { ...step, present: { signer, vkey } })
    const commitments = await cited(sql)
    for (let from = 0; from < commitments.length; from += 500)
      await restate({ sql, now: at }, commitments.slice(from, from + 500))
  })
  await registry.adoptLog(id, number, change.by)
}

/** Changes the key of the installation's log: registry and log lie in one database, so that one transaction does it all. */
export async function changeInstanceKey(
  change: KeyChange,
  { registry, control, clock }: { registry: Registry; control: Pool; clock: Clock },
): Promise<void> {
  const present = registry.instance
  const vkey = formatVkey(verifierKey(ledgerCrypto, present))
  const number = logNumber(registry.firstOrigin, present.name) + 1
  const subject = { kind: 'installation', id: `${registry.installationId}-ledger` }
  let held = () => {}
  await inOne(control, present, async (sql, signer) => {
    const made = await registry.setInstanceKey(sql, number)
    held = made.held
    await endAndGoOn(sql, { change, subject, present: { signer, vkey }, next: made.signer, at: clock.now() })
    // What witnesses cosigned was of the log before.
    await sql.query('update witness set size = null, note = null, cosigned_at = null')
  })
  held()
}

/** Heads are remembered after the commit only: one that was never committed would look like a restore. */
async function inOne(
  connections: Parameters<typeof transactionOn>[0],
  signer: LogSigner,
  work: (sql: Sql, signer: LogSigner) => Promise<void>,
): Promise<void> {
  for (let refused = 0; ;) {
    const kept: Pick<SignedHead, 'vkey' | 'note'>[] = []
    const heads = { ...signer.heads, keep: (vkey: string, note: string) => void kept.push({ vkey, note }) }
    try {
      await transactionOn(connections, (sql) => work(sql, { ...signer, heads }))
      for (const { vkey, note } of kept) signer.heads.keep(vkey, note)
      return
    } catch (error) {
      if (!isOvertaken(error) || ++refused > 20) throw error
    }
  }
}

async function endAndGoOn(sql: Sql, { change, subject, present, next, at }: Step): Promise<void> {
  const { by, reason, compromised } = change
  const actor = { kind: 'user', accountId: by } as const
  const content = { reason: { reason } }
  if (compromised === null) {
    await integratePending(sql, present.signer)
    // Before whatever waits by now, so that it is the last: the rest comes under the new key.
    const place = Math.min(await store.findFirstPending(sql), 1) - 1
    const named = namedNext(ledgerCrypto, verifierKey(ledgerCrypto, next))
    const last = { type: 'key.rotated' as const, about: subject, code: logKeyCode, content, ...named }
    await store.addAppendedAt(sql, prepare(actor, last, at).row, place)
    await integratePending(sql, present.signer, async () =>
      (await store.listPending(sql, 1)).filter(({ id }) => id === String(place)),
    )
  }
  const state = await store.findState(sql)
  if (!state) throw bug('a log was not started')
  const code = compromised === null ? keyChangeCodes.rotation : keyChangeCodes.compromise
  const begin = { type: 'log.continued' as const, about: subject, code, head: headOf(state) }
  const told = {
    type: 'key.compromised' as const,
    about: subject,
    key: keyMember(verifierKey(ledgerCrypto, present.signer)),
    content: { ...content, ...(compromised?.since == null ? {} : { since: compromised.since }) },
  }
  const first = [
    prepare({ kind: 'system' }, begin, at).row,
    ...(compromised === null ? [] : [prepare(actor, told, at).row]),
  ]
  await goOn(sql, { state, vkey: present.vkey, signer: next, first })
}

/** Another batch came between: the transaction is begun anew. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '25P02')
}
