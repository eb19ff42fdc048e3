import { z } from 'zod'
import { followTopics } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import { subscriberErrors } from './errors.ts'
import * as store from './store.ts'
import type { SubscriberRow } from './store.ts'
import { endSubscription } from './subscribing.ts'

/** What operations on subscribers need of the rest of the server. */
export interface SubscriberDependencies {
  readonly mailIsSet: boolean
}

/** How many subscribers a page of the list holds. */
const pageSize = 50

const Subscriber = z.object({
  subscriberId: z.uuid(),
  email: z.string(),
  language: z.enum(['en', 'de']),
  topics: z.array(z.enum(followTopics)),
  since: z.iso.datetime(),
})

const count = z.int().nonnegative()

/** Who follows the public page. */
export function subscriberOperations({ mailIsSet }: SubscriberDependencies) {
  return [
    tenantOperation({
      id: 'subscriber.list',
      summary: 'Counts who follows the public page by mail, and lists them to those who may see addresses',
      needs: 'register:read',
      input: z.object({
        /** Part of an address. */
        find: z.string().trim().max(254).default(''),
        /** The last one of the page before. */
        after: z.uuid().optional(),
      }),
      output: z.object({
        mailIsSet: z.boolean(),
        isOpen: z.boolean(),
        counts: z.object({
          subscribers: count,
          /** Asked for and not confirmed. */
          requests: count,
          /** Letters that are not sent yet. */
          waiting: count,
          topics: z.record(z.enum(followTopics), count),
        }),
        /** The newest first; null: not for the caller. */
        subscribers: z.array(Subscriber).nullable(),
        isMore: z.boolean(),
      }),
      refuses: [],
      async run({ find, after }, tx) {
        const maySee = tx.caller.permissions.includes('access:read')
        const found = maySee ? await store.listSubscribers(tx, { find, after: after ?? null, most: pageSize + 1 }) : []
        return {
          mailIsSet,
          isOpen: await store.isOpen(tx),
          counts: { ...(await store.countAll(tx)) },
          subscribers: maySee ? found.slice(0, pageSize).map(view) : null,
          isMore: found.length > pageSize,
        }
      },
    }),
    tenantOperation({
      id: 'subscriber.allow',
      summary: 'Says whether the public page offers letters; whoever follows already is still written to',
      needs: 'access:write',
      changes: true,
      input: z.object({ isOpen: z.boolean() }),
      output: z.object({}),
      async run({ isOpen }, tx) {
        await store.setOpen(tx, isOpen)
        const about = { kind: 'tenant', id: tx.tenant.id }
        await tx.append({ type: 'subscription.changed', about, code: isOpen ? 'open' : 'closed' })
        return {}
      },
    }),
    tenantOperation({
      id: 'subscriber.remove',
      summary: 'Ends the letters to one subscriber and erases the address',
      needs: 'access:write',
      changes: true,
      input: z.object({ subscriberId: z.uuid() }),
      output: z.object({}),
      refuses: [subscriberErrors.not_found],
      async run({ subscriberId }, tx) {
        if (!(await endSubscription(tx, subscriberId, 'removed'))) throw subscriberErrors.not_found()
        return {}
      },
    }),
    tenantOperation({
      id: 'subscriber.export',
      summary: 'Hands out everything that is stored about one subscriber (Art. 15 GDPR)',
      kind: 'download',
      needs: 'access:read',
      input: z.object({ subscriberId: z.uuid() }),
      output: z.unknown(),
      refuses: [subscriberErrors.not_found],
      async run({ subscriberId }, tx) {
        const row = await store.findSubscriber(tx, subscriberId)
        if (!row) throw subscriberErrors.not_found()
        const letters = await tx.sql.query<{ at: Date }>(
          'select at from subscriber_letter where subscriber_id = $1 order by at',
          [subscriberId],
        )
        const whole = { ...view(row), lettersWaitingSince: letters.rows.map(({ at }) => at.toISOString()) }
        return {
          name: `${tx.tenant.slug}-subscriber.json`,
          type: 'application/json',
          bytes: Buffer.from(`${JSON.stringify(whole, null, 2)}\n`),
        }
      },
    }),
  ]
}

function view({ id, email, language, topics, since }: SubscriberRow): z.input<typeof Subscriber> {
  return { subscriberId: id, email, language, topics: [...topics], since: since.toISOString() }
}
