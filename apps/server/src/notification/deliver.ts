import { createHmac } from 'node:crypto'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { open, post } from '../platform/index.ts'
import type { PostOptions, Posted } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'

/** The queue of deliveries; its payload is a `DeliveryJob`. */
export const webhookQueue = 'notification.webhook'

/** One try of one delivery. */
export interface DeliveryJob {
  readonly tenantId: string
  readonly deliveryId: string
  /** How many tries came before: a job that comes twice is for nothing the second time. */
  readonly tries: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Pauses between the eight tries of a delivery; each is made up to a fifth longer or shorter. */
const pauses = [5 * second, 30 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 8 * hour]

/** How long a webhook may fail before it is switched off. */
const patienceMs = 5 * 24 * hour

/** How long finished deliveries are listed. */
const keptMs = 30 * 24 * hour

/** What delivering needs of the rest of the server. */
export interface DeliverDependencies {
  readonly tenants: Tenants
  readonly mayBeLocal: (tenant: Tenant) => boolean
  readonly random: () => number
  /** Other ways out, for tests. */
  readonly way?: Pick<PostOptions, 'resolve' | 'trust' | 'patienceMs'>
}

/** Puts a message to a webhook into the queue, in the transaction of what it tells. @returns its id */
export async function addDelivery(
  tx: TenantContext,
  message: { webhookId: string; type: string; about: { kind: string; id: string }; code: string | null },
): Promise<string> {
  const id = tx.newId()
  const { webhookId, type, about, code } = message
  await tx.sql.query(
    `insert into webhook_delivery (id, webhook_id, type, about_kind, about_id, code, at, state, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $7)`,
    [id, webhookId, type, about.kind, about.id, code, tx.now],
  )
  const job: DeliveryJob = { tenantId: tx.tenant.id, deliveryId: id, tries: 0 }
  await tx.enqueue(webhookQueue, job)
  return id
}

/** Sends a finished delivery once more under the same id, with as many tries as at first. */
export async function sendAgain(tx: TenantContext, deliveryId: string): Promise<boolean> {
  const { rows } = await tx.sql.query<{ tries: number }>(
    `update webhook_delivery set state = 'waiting', next_at = $2, done_at = null, tries_before = tries
     where id = $1 and state <> 'waiting' returning tries`,
    [deliveryId, tx.now],
  )
  const [row] = rows
  if (!row) return false
  const job: DeliveryJob = { tenantId: tx.tenant.id, deliveryId, tries: row.tries }
  await tx.enqueue(webhookQueue, job)
  return true
}

/**
 * Makes one try. Looked up, sent and recorded are three steps, the middle one outside of any transaction: killed before
 * the record, the same message is sent again under the same webhook-id, by which the receiver can tell.
 */
export async function deliver(job: DeliveryJob, dependencies: DeliverDependencies): Promise<void> {
  const { tenants, mayBeLocal, way } = dependencies
  const options = { evenSuspended: true }
  const message = await tenants.asSystem(job.tenantId, (tx) => prepare(tx, job), options)
  if (!message) return
  const answer = await post(message.url, message, { ...way, mayBeLocal: mayBeLocal(message.tenant) })
  await tenants.asSystem(job.tenantId, (tx) => record(tx, job, answer, dependencies.random()), options)
}

interface DeliveryRow {
  readonly id: string
  readonly webhook_id: string
  readonly type: string
  readonly about_kind: string
  readonly about_id: string
  readonly code: string | null
  readonly at: Date
  readonly address: Buffer
  readonly secret: Buffer
  readonly previous_secret: Buffer | null
}

interface Message {
  readonly tenant: Tenant
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

async function prepare(tx: TenantContext, { deliveryId, tries }: DeliveryJob): Promise<Message | null> {
  const { rows } = await tx.sql.query<DeliveryRow>(
    `select d.id, d.webhook_id, d.type, d.about_kind, d.about_id, d.code, d.at, w.address, w.secret,
       case when w.previous_until > $3 then w.previous_secret end as previous_secret
     from webhook_delivery d join webhook w on w.id = d.webhook_id
     where d.id = $1 and d.tries = $2 and d.state = 'waiting' and w.state = 'active'`,
    [deliveryId, tries, tx.now],
  )
  const [row] = rows
  if (!row) return null
  const body = JSON.stringify({
    type: row.type,
    timestamp: row.at.toISOString(),
    data: {
      tenant: tx.tenant.publicId,
      kind: row.about_kind,
      id: row.about_id,
      ...(row.code === null ? {} : { code: row.code }),
    },
  })
  const seconds = String(Math.floor(tx.now.getTime() / 1_000))
  const id = `msg_${row.id}`
  const secrets = [row.secret, ...(row.previous_secret ? [row.previous_secret] : [])].map((sealed) =>
    open(tx.dataKey, placeOf(tx, row.webhook_id, 'secret'), sealed),
  )
  return {
    tenant: tx.tenant,
    url: new URL(open(tx.dataKey, placeOf(tx, row.webhook_id, 'address'), row.address).toString()),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'art32',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': secrets.map((secret) => signatureOf(secret, `${id}.${seconds}.${body}`)).join(' '),
    },
    body,
  }
}

/** @source Standard Webhooks 1.0, "Signature scheme": symmetric, HMAC-SHA256 */
function signatureOf(secret: Uint8Array, signed: string): string {
  return `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`
}

/** Where a webhook's sealed values belong. */
export function placeOf(tx: TenantContext, webhookId: string, field: 'address' | 'secret'): string {
  return `tenant:${tx.tenant.id}/webhook:${webhookId}/${field}`
}

async function record(tx: TenantContext, job: DeliveryJob, answer: Posted, random: number): Promise<void> {
  const delivered = answer.status !== null && answer.status >= 200 && answer.status < 300
  const problem = answer.status === null ? answer.problem : null
  const { rows } = await tx.sql.query<{ webhook_id: string; round: number }>(
    `select webhook_id, tries - tries_before as round from webhook_delivery
     where id = $1 and tries = $2 and state = 'waiting' for update`,
    [job.deliveryId, job.tries],
  )
  const [row] = rows
  if (!row) return
  const pause = delivered ? undefined : pauses[row.round]
  const next = pause === undefined ? null : new Date(tx.now.getTime() + pause * (0.8 + 0.4 * random))
  await tx.sql.query(
    `update webhook_delivery set tries = tries + 1, state = $2, status = $3, problem = $4, next_at = $5, done_at = $6 where id = $1`,
    [
      job.deliveryId,
      delivered ? 'delivered' : next ? 'waiting' : 'failed',
      answer.status,
      problem,
      next,
      next ? null : tx.now,
    ],
  )
  if (next) await tx.enqueue(webhookQueue, { ...job, tries: job.tries + 1 } satisfies DeliveryJob, next)
  await tx.sql.query(`delete from webhook_delivery where webhook_id = $1 and state <> 'waiting' and at < $2`, [
    row.webhook_id,
    new Date(tx.now.getTime() - keptMs),
  ])
  // 410: the receiver says that it wants no more (Standard Webhooks, "Disabling endpoints").
  await judgeWebhook(tx, row.webhook_id, delivered, answer.status === 410)
}

async function judgeWebhook(tx: TenantContext, webhookId: string, works: boolean, isGone: boolean): Promise<void> {
  if (works) {
    await tx.sql.query('update webhook set failing_since = null where id = $1 and failing_since is not null', [
      webhookId,
    ])
    return
  }
  await tx.sql.query('update webhook set failing_since = coalesce(failing_since, $2) where id = $1', [
    webhookId,
    tx.now,
  ])
  const { rows } = await tx.sql.query(
    `update webhook set state = 'disabled' where id = $1 and state = 'active' and ($2 or failing_since <= $3) returning id`,
    [webhookId, isGone, new Date(tx.now.getTime() - patienceMs)],
  )
  if (rows.length === 0) return
  await giveUp(tx, webhookId)
  await tx.append({ type: 'webhook.changed', about: { kind: 'webhook', id: webhookId }, code: 'disabled' })
}

/** Ends what waits for a webhook that is off. */
export async function giveUp(tx: TenantContext, webhookId: string): Promise<void> {
  await tx.sql.query(
    `update webhook_delivery set state = 'failed', next_at = null, done_at = $2 where webhook_id = $1 and state = 'waiting'`,
    [webhookId, tx.now],
  )
}
