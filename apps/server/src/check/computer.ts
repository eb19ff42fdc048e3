import { readingOf } from '@art32/probes'
import type { Push, Reading } from '@art32/probes'
import { connect, findConnection } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { listSystems } from '../system/index.ts'
import { computerErrors } from './computer-errors.ts'
import * as store from './computer-store.ts'
import { keepPseudonyms, openPseudonyms } from './pseudonym.ts'

/** What a computer sent, decided and ready to be judged and kept. */
export interface Received {
  readonly connection: ConnectionRow
  readonly reading: Reading
  readonly isNew: boolean
  readonly skewSeconds: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Clocks of laptops that slept or travelled; beyond, the next push would be taken for an earlier one. */
const mostAheadMs = 60 * minuteMs
/** A laptop that was offline for a week. */
const mostBehindMs = 7 * dayMs
/** A token that was stolen must not fill the list. */
const mostUndeclared = 100

/**
 * Takes what a computer sent. One that nobody knows becomes a system of its own: it is judged at once, since leaving it out
 * would make the tenant look better than it is, and waits for somebody to give it a name.
 *
 * @throws {computer.not_newer | computer.clock_ahead | computer.too_old | computer.paused | computer.too_many_new}
 */
export async function receive(tx: TenantContext, push: Push): Promise<Received> {
  const sentAt = new Date(push.at)
  const seenAt = timeOf(sentAt, tx.now)
  await store.lock(tx, push.computer)
  const known = await findConnection(tx, 'computer', `computer:${push.computer}`)
  if (known?.paused === true) throw computerErrors.paused()
  const last = known && (await store.find(tx, known.id))
  if (last && sentAt <= last.sent_at) throw computerErrors.not_newer({ at: last.sent_at.toISOString() })
  const connection = known ?? (await discover(tx, push))
  const pseudonyms = await openPseudonyms(tx)
  const reading = readingOf(push, seenAt, pseudonyms.of)
  await keepPseudonyms(tx, pseudonyms.take())
  const { system } = push.groups
  const skewSeconds = Math.round((sentAt.getTime() - tx.now.getTime()) / 1_000)
  await store.keep(tx, {
    connection_id: connection.id,
    sent_at: sentAt,
    received_at: tx.now,
    skew_s: skewSeconds,
    collector: push.collector,
    system: system?.read === 'ok' ? system.facts.name : '',
    is_declared: known !== undefined,
  })
  return { connection, reading, isNew: known === undefined, skewSeconds }
}

/** When it counts as seen: as the computer says, and never later than now. */
function timeOf(sentAt: Date, now: Date): Date {
  const ahead = sentAt.getTime() - now.getTime()
  if (ahead > mostAheadMs) throw computerErrors.clock_ahead({ minutes: Math.floor(ahead / minuteMs) })
  if (-ahead > mostBehindMs) throw computerErrors.too_old({ days: Math.floor(-ahead / dayMs) })
  return ahead > 0 ? now : sentAt
}

async function discover(tx: TenantContext, { computer, label }: Push): Promise<ConnectionRow> {
  // Two with one label at once: the second sees the name of the first, and the limit counts both.
  await store.lock(tx, 'discover')
  const count = await store.countUndeclared(tx)
  if (count >= mostUndeclared) throw computerErrors.too_many_new({ count })
  // A name that is there belongs to another system, which this computer must not become.
  const taken = new Set((await listSystems(tx)).map(({ name }) => name))
  const short = tx.tenant.language === 'de' ? `Rechner ${computer.slice(0, 8)}` : `Computer ${computer.slice(0, 8)}`
  const name = [label, short, `Computer ${computer}`].find((one) => one !== undefined && !taken.has(one))
  await connect(tx, { connector: 'computer', settings: { computer }, name: name ?? computer }, false)
  const row = await findConnection(tx, 'computer', `computer:${computer}`)
  if (!row) throw bug('a computer that was connected is not there')
  return row
}
