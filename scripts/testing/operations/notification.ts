import type { Row } from './row.ts'
import { letterTo, must, oncePerTenant } from './world.ts'
import type { Me } from './world.ts'
import { hurry } from '../hurry.ts'

const hook = () => ({ url: 'https://hook.example/', kinds: ['finding.opened'] })

async function newWebhook(me: Me): Promise<{ webhookId: string }> {
  const { webhookId } = await must<{ webhookId: string }>(me, 'webhook.add', hook())
  return { webhookId }
}

/** One that stays: a tenant has few. */
const aWebhook = oncePerTenant(newWebhook)

/** A delivery that is over, which takes days where nobody answers. */
async function newDelivery(me: Me): Promise<{ deliveryId: string }> {
  const { webhookId } = await aWebhook(me)
  const deliveryId = await me.world.server.tenants.asSystem(me.tenant, async ({ sql, now, newId }) => {
    const id = newId()
    await sql.query(
      `insert into webhook_delivery (id, webhook_id, type, about_kind, about_id, at, state, tries, problem, done_at)
       values ($1, $2, 'webhook.test', 'webhook', $3, $4, 'failed', 1, 'unreachable', $4)`,
      [id, webhookId, webhookId, now],
    )
    return id
  })
  return { deliveryId }
}

/** The link of a letter about something that just happened. */
async function unsubscribeLink(me: Me): Promise<{ token: string }> {
  const { databases, ledgers, registry, tenants } = me.world.server
  await must(me, 'notification.choose', { choices: [{ kind: 'finding.opened', rhythm: 'now' }] })
  await tenants.asSystem(me.tenant, ({ append, newId }) =>
    append({ type: 'finding.opened', about: { kind: 'finding', id: newId() }, code: 'critical' }),
  )
  const open = await registry.open(me.tenant)
  await ledgers.settle(open)
  // Letters wait a while for what else happens.
  await hurry(databases.control, 'notification.letters', open.tenant.id)
  const { unsubscribe } = await letterTo(me.world, me.email)
  return { token: new URL(unsubscribe?.url ?? '').searchParams.get('token') ?? '' }
}

const changed = { tenant: ['webhook.changed'] } as const
const webhookIds = { webhookId: 'webhook.not_found' }

/** What people and programs are told. */
export const notificationRows = {
  'notification.show': {},
  'notification.choose': {
    input: () => ({ choices: [{ kind: 'finding.opened', rhythm: 'daily' }], language: 'de' }),
    leaves: { tenant: ['notification.changed'] },
  },
  'notification.unsubscribe': {
    input: unsubscribeLink,
    unknown: { token: 'notification.link_invalid' },
    notMissing: 'a link is signed and no address of something',
    leaves: { tenant: ['notification.changed'] },
  },
  'webhook.list': {},
  'webhook.history': { input: aWebhook, ids: webhookIds },
  'webhook.add': { input: hook, leaves: { tenant: ['webhook.created'] } },
  'webhook.change': {
    input: async (me) => ({ ...(await aWebhook(me)), kinds: ['finding.closed'] }),
    ids: webhookIds,
    leaves: changed,
  },
  'webhook.rotate': { input: aWebhook, ids: webhookIds, stepUp: true, leaves: changed },
  'webhook.test': { input: aWebhook, ids: webhookIds, leaves: changed },
  'webhook.send_again': { input: newDelivery, ids: { deliveryId: 'webhook.not_found' }, leaves: changed },
  'webhook.remove': { input: newWebhook, ids: webhookIds, leaves: { tenant: ['webhook.deleted'] } },
  'mail.show': { by: 'operator' },
  'mail.test': { by: 'operator', noLeaf: 'the operator gets a letter, and nothing changes' },
} satisfies Record<string, Row>
