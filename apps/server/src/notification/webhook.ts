import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { isLocalAddress, open, seal } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { addDelivery, giveUp, placeOf, sendAgain } from './deliver.ts'
import { webhookErrors } from './errors.ts'
import { kinds } from './kind.ts'
import type { Kind } from './kind.ts'

/** How many webhooks a tenant has at most: each event goes to all of them. */
const most = 10

/** How long the secret before the present one signs too. */
const overlapMs = 24 * 3_600_000

interface WebhookRow {
  readonly id: string
  readonly address: Buffer
  readonly kinds: Kind[]
  readonly state: 'active' | 'paused' | 'disabled'
  readonly failing_since: Date | null
  readonly previous_until: Date | null
  readonly created_at: Date
}

interface DeliveryRow {
  readonly id: string
  readonly type: string
  readonly at: Date
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly tries: number
  readonly status: number | null
  readonly problem: 'local' | 'unreachable' | 'timeout' | 'tls' | null
  readonly next_at: Date | null
}

const WebhookId = z.object({ webhookId: z.uuid() })
const Kinds = z
  .array(z.enum(kinds))
  .min(1)
  .max(kinds.length)
  .transform((wanted) => kinds.filter((kind) => wanted.includes(kind)))

/** What can be done with webhooks. @param mayBeLocal whether a tenant may send to art32's own machine */
export function webhookOperations({ mayBeLocal }: { mayBeLocal: (tenant: Tenant) => boolean }) {
  return [
    tenantOperation({
      id: 'webhook.list',
      summary: 'Lists the webhooks of the tenant with their state, without their secrets',
      needs: 'connection:write',
      input: z.object({}),
      output: z.object({
        webhooks: z.array(
          z.object({
            webhookId: z.uuid(),
            url: z.string(),
            kinds: z.array(z.enum(kinds)),
            state: z.enum(['active', 'paused', 'disabled']),
            failingSince: z.iso.datetime().nullable(),
            /** Until when the secret before signs too. */
            previousUntil: z.iso.datetime().nullable(),
            createdAt: z.iso.datetime(),
          }),
        ),
      }),
      async run(_, tx) {
        const { rows } = await tx.sql.query<WebhookRow>(
          'select id, address, kinds, state, failing_since, previous_until, created_at from webhook order by created_at, id',
        )
        return {
          webhooks: rows.map((row) => ({
            webhookId: row.id,
            url: open(tx.dataKey, placeOf(tx, row.id, 'address'), row.address).toString(),
            kinds: row.kinds,
            state: row.state,
            failingSince: row.failing_since?.toISOString() ?? null,
            previousUntil: row.previous_until && row.previous_until > tx.now ? row.previous_until.toISOString() : null,
            createdAt: row.created_at.toISOString(),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'webhook.history',
      summary: 'Lists the last deliveries to a webhook: state, tries, last answer and next try',
      needs: 'connection:write',
      input: WebhookId,
      output: z.object({
        deliveries: z.array(
          z.object({
            deliveryId: z.uuid(),
            type: z.string(),
            at: z.iso.datetime(),
            state: z.enum(['waiting', 'delivered', 'failed']),
            tries: z.int(),
            status: z.int().nullable(),
            problem: z.enum(['local', 'unreachable', 'timeout', 'tls']).nullable(),
            nextAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
      refuses: [webhookErrors.not_found],
      async run({ webhookId }, tx) {
        await hold(tx, webhookId)
        const { rows } = await tx.sql.query<DeliveryRow>(
          `select id, type, at, state, tries, status, problem, next_at from webhook_delivery
           where webhook_id = $1 order by at desc, id limit 50`,
          [webhookId],
        )
        return {
          deliveries: rows.map(({ id, at, next_at: nextAt, ...rest }) => ({
            ...rest,
            deliveryId: id,
            at: at.toISOString(),
            nextAt: nextAt?.toISOString() ?? null,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'webhook.add',
      summary: 'Adds a webhook; the answer holds its secret, which is shown only now',
      needs: 'connection:write',
      changes: true,
      input: z.object({ url: z.string().trim().min(1).max(2_000), kinds: Kinds }),
      output: z.object({ webhookId: z.uuid(), secret: z.string() }),
      refuses: [webhookErrors.bad_address, webhookErrors.local_only, webhookErrors.too_many],
      async run({ url, kinds: wanted }, tx) {
        const address = addressOf(url, mayBeLocal(tx.tenant))
        // One after another, so that two at the same moment do not both find room.
        await tx.sql.query('lock table webhook in share row exclusive mode')
        const { rows } = await tx.sql.query<{ n: number }>('select count(*)::int as n from webhook')
        if ((rows[0]?.n ?? 0) >= most) throw webhookErrors.too_many({ most })
        const webhookId = tx.newId()
        const secret = newSecret()
        await tx.sql.query(
          `insert into webhook (id, address, secret, kinds, state, created_at) values ($1, $2, $3, $4, 'active', $5)`,
          [
            webhookId,
            seal(tx.dataKey, placeOf(tx, webhookId, 'address'), Buffer.from(address)),
            seal(tx.dataKey, placeOf(tx, webhookId, 'secret'), secret),
            wanted,
            tx.now,
          ],
        )
        await tx.append({
          type: 'webhook.created',
          about: { kind: 'webhook', id: webhookId },
          content: { content: { kinds: wanted } },
        })
        return { webhookId, secret: shown(secret) }
      },
    }),
    tenantOperation({
      id: 'webhook.change',
      summary: 'Changes what a webhook is told of, or switches it on or off',
      needs: 'connection:write',
      changes: true,
      input: WebhookId.extend({ kinds: Kinds.optional(), active: z.boolean().optional() }),
      output: z.object({}),
      refuses: [webhookErrors.not_found],
      async run({ webhookId, kinds: wanted, active }, tx) {
        const before = await hold(tx, webhookId)
        const after = {
          kinds: wanted ?? before.kinds,
          state: active === undefined ? before.state : active ? ('active' as const) : ('paused' as const),
        }
        await tx.sql.query(
          `update webhook set kinds = $2, state = $3, failing_since = case when $3 = state then failing_since end where id = $1`,
          [webhookId, after.kinds, after.state],
        )
        if (after.state === 'paused') await giveUp(tx, webhookId)
        await tx.append({
          type: 'webhook.changed',
          about: { kind: 'webhook', id: webhookId },
          content: { before: { kinds: before.kinds, state: before.state }, after },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'webhook.rotate',
      summary: 'Gives a webhook a new secret, shown only now; the one before signs too for 24 hours',
      needs: 'connection:write',
      changes: true,
      stepUp: true,
      input: WebhookId,
      output: z.object({ secret: z.string(), previousUntil: z.iso.datetime() }),
      refuses: [webhookErrors.not_found],
      async run({ webhookId }, tx) {
        await hold(tx, webhookId)
        const secret = newSecret()
        const until = new Date(tx.now.getTime() + overlapMs)
        await tx.sql.query(
          'update webhook set previous_secret = secret, previous_until = $3, secret = $2 where id = $1',
          [webhookId, seal(tx.dataKey, placeOf(tx, webhookId, 'secret'), secret), until],
        )
        await tx.append({ type: 'webhook.changed', about: { kind: 'webhook', id: webhookId }, code: 'rotated' })
        return { secret: shown(secret), previousUntil: until.toISOString() }
      },
    }),
    tenantOperation({
      id: 'webhook.test',
      summary: 'Sends a test message to a webhook; what came of it stands in its history',
      needs: 'connection:write',
      changes: true,
      input: WebhookId,
      output: z.object({ deliveryId: z.uuid() }),
      refuses: [webhookErrors.not_found, webhookErrors.not_active],
      async run({ webhookId }, tx) {
        if ((await hold(tx, webhookId)).state !== 'active') throw webhookErrors.not_active()
        const about = { kind: 'webhook', id: webhookId }
        const deliveryId = await addDelivery(tx, { webhookId, type: 'webhook.test', about, code: null })
        await tx.append({ type: 'webhook.changed', about, code: 'tested' })
        return { deliveryId }
      },
    }),
    tenantOperation({
      id: 'webhook.send_again',
      summary: 'Sends a finished delivery once more under the same webhook-id',
      needs: 'connection:write',
      changes: true,
      input: z.object({ deliveryId: z.uuid() }),
      output: z.object({}),
      refuses: [webhookErrors.not_found, webhookErrors.not_active, webhookErrors.waits],
      async run({ deliveryId }, tx) {
        const { rows } = await tx.sql.query<{ webhook_id: string }>(
          'select webhook_id from webhook_delivery where id = $1',
          [deliveryId],
        )
        if (!rows[0]) throw webhookErrors.not_found()
        const { id, state } = await hold(tx, rows[0].webhook_id)
        if (state !== 'active') throw webhookErrors.not_active()
        if (!(await sendAgain(tx, deliveryId))) throw webhookErrors.waits()
        await tx.append({ type: 'webhook.changed', about: { kind: 'webhook', id }, code: 'sent-again' })
        return {}
      },
    }),
    tenantOperation({
      id: 'webhook.remove',
      summary: 'Removes a webhook with its secret and its deliveries',
      needs: 'connection:write',
      changes: true,
      input: WebhookId,
      output: z.object({}),
      refuses: [webhookErrors.not_found],
      async run({ webhookId }, tx) {
        await hold(tx, webhookId)
        await tx.sql.query('delete from webhook where id = $1', [webhookId])
        await tx.append({ type: 'webhook.deleted', about: { kind: 'webhook', id: webhookId } })
        return {}
      },
    }),
  ]
}

/** A webhook, held until the transaction ends. */
async function hold({ sql }: TenantContext, webhookId: string): Promise<WebhookRow> {
  const { rows } = await sql.query<WebhookRow>(
    'select id, address, kinds, state, failing_since, previous_until, created_at from webhook where id = $1 for update',
    [webhookId],
  )
  if (!rows[0]) throw webhookErrors.not_found()
  return rows[0]
}

/** 24 to 64 random bytes; @source Standard Webhooks 1.0, "Signature scheme" */
function newSecret(): Buffer {
  return randomBytes(32)
}

function shown(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`
}

/** The address, if it may be one at all. Where its name leads is judged again at each delivery. */
function addressOf(given: string, mayBeLocal: boolean): string {
  if (!URL.canParse(given)) throw webhookErrors.bad_address()
  const url = new URL(given)
  const isBare = url.username === '' && url.password === '' && url.hash === ''
  if (!isBare || (url.protocol !== 'https:' && !(mayBeLocal && url.protocol === 'http:')))
    throw webhookErrors.bad_address()
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '')
  if (!mayBeLocal && (host === 'localhost' || host.endsWith('.localhost') || isLocalAddress(host)))
    throw webhookErrors.local_only()
  return url.href
}
