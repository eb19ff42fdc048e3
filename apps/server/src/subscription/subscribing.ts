import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FollowTopic } from '@art32/press'
import type { Attempts } from '../account/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { confirmQueue, letterQueue } from './queues.ts'
import type { ConfirmJob, LetterJob } from './queues.ts'
import * as store from './store.ts'
import type { SubscriberRow } from './store.ts'
import type { Wished } from './wish.ts'

/** How long a link to confirm works; what was not confirmed by then is deleted. */
export const confirmDays = 7

/** How often links are sent, whoever asks for them. Counted in the database under keyed hashes. */
export const limits = {
  /** From one network. */
  source: { of: 'subscription.source', most: 20, minutes: 60 },
  /** For the page of one tenant, so that nobody makes it write to thousands. */
  tenant: { of: 'subscription.tenant', most: 300, minutes: 60 },
  /** To one address, by all tenants of the installation together. */
  address: { of: 'subscription.address', most: 3, minutes: 24 * 60 },
} as const

/** What the pages behind the form do. */
export interface Subscribing {
  /** Whether the page of this tenant offers letters. */
  readonly offers: (tx: TenantContext) => Promise<boolean>
  /**
   * Notes that somebody asked, and sends them a link. Whoever asked too often in a day gets none, and nobody is told so.
   *
   * @param group the network that asks
   * @returns false where the page offers no letters
   * @throws {account.too_many_attempts} for a network, or a page, that asks too often
   */
  request(slug: string, wish: Wished, group: string): Promise<boolean>
  /** Takes a link from a letter: once. @returns what is written about from now on; null for a link that does not work */
  confirm(slug: string, token: string): Promise<readonly FollowTopic[] | null>
  /** What the tenant is called. @throws {tenant.not_found} */
  nameOf(slug: string): Promise<string>
  /** What is stored about whoever holds the link; null where nothing is. */
  show(slug: string, token: string): Promise<SubscriberRow | null>
  /** Erases whoever holds the link. @returns whether anything was stored under it; null for a link that nobody signed */
  end(slug: string, token: string): Promise<boolean | null>
  /** The token of the link in the letter to confirm. The database holds its hash, and without the key nobody can make it. */
  confirmToken(publicId: string, requestId: string): string
  /** The token of the link in the foot of each letter. It never runs out, since a letter is read when it is read. */
  endToken(publicId: string, id: string): string
}

/** What subscribing needs of the rest of the server. */
export interface SubscribingDependencies {
  readonly tenants: Tenants
  readonly attempts: Attempts
  readonly mailIsSet: boolean
  readonly key: Uint8Array
  /** Where a wish was taken in elsewhere: notes in the transaction that keeps it that it was kept. @throws where it was before */
  readonly claim?: ((tx: TenantContext) => Promise<void>) | undefined
}

/** @param key signs the links */
export function openSubscribing({ tenants, attempts, mailIsSet, key, claim }: SubscribingDependencies): Subscribing {
  const sign = (what: string, publicId: string, id: string) =>
    createHmac('sha256', key).update(`${what} ${publicId} ${id}`).digest('base64url')
  const confirmToken = (publicId: string, requestId: string) => sign('confirm', publicId, requestId)
  const endToken = (publicId: string, id: string) => `${id}.${sign('end', publicId, id)}`

  /** Whom a link to end names; null where this tenant did not sign it. */
  function named(publicId: string, token: string): string | null {
    const [, id = ''] = /^([0-9a-f-]{36})\.[A-Za-z0-9_-]{43}$/.exec(token) ?? []
    const wanted = Buffer.from(endToken(publicId, id))
    const given = Buffer.from(token)
    return id !== '' && given.length === wanted.length && timingSafeEqual(given, wanted) ? id : null
  }

  async function mayWriteTo(email: string): Promise<boolean> {
    try {
      await attempts.guard(
        [{ ...limits.address, who: email.toLowerCase() }],
        () => Promise.resolve(),
        () => 'counts',
      )
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'account.too_many_attempts') return false
      throw error
    }
  }

  const offers = async (tx: TenantContext) => mailIsSet && !tx.tenant.isSuspended && (await store.isOpen(tx))

  return {
    offers,
    async request(slug, { email, topics, language }, group) {
      if (!(await tenants.asSystem(slug, offers, { evenSuspended: true }))) return false
      await attempts.guard(
        [
          { ...limits.source, who: group },
          { ...limits.tenant, who: slug },
        ],
        () => Promise.resolve(),
        () => 'counts',
      )
      if (!(await mayWriteTo(email))) return true
      await tenants.asSystem(slug, async (tx) => {
        await claim?.(tx)
        const id = tx.newId()
        await store.addRequest(tx, {
          id,
          hash: hashOf(confirmToken(tx.tenant.publicId, id)),
          email,
          topics,
          language,
          expires_at: new Date(tx.now.getTime() + confirmDays * 86_400_000),
        })
        const job: ConfirmJob = { tenantId: tx.tenant.id, requestId: id }
        await tx.enqueue(confirmQueue, job)
      })
      return true
    },
    async confirm(slug, token) {
      return await tenants.asSystem(slug, async (tx) => {
        const request = await store.takeRequest(tx, hashOf(token))
        if (!request) return null
        const id = await store.addSubscriber(tx, request)
        await tx.append({ type: 'subscription.confirmed', about: { kind: 'subscriber', id } })
        await tx.sql.query('insert into subscriber_letter (id, subscriber_id, at) values ($1, $2, $3)', [
          tx.newId(),
          id,
          tx.now,
        ])
        const job: LetterJob = { tenantId: tx.tenant.id }
        await tx.enqueue(letterQueue, job)
        return request.topics
      })
    },
    nameOf: (slug) => tenants.asSystem(slug, ({ tenant }) => Promise.resolve(tenant.name), { evenSuspended: true }),
    async show(slug, token) {
      return await tenants.asSystem(
        slug,
        async (tx) => {
          const id = named(tx.tenant.publicId, token)
          return (id === null ? undefined : await store.findSubscriber(tx, id)) ?? null
        },
        { evenSuspended: true },
      )
    },
    async end(slug, token) {
      return await tenants.asSystem(
        slug,
        async (tx) => {
          const id = named(tx.tenant.publicId, token)
          if (id === null) return null
          const wasAsked = await store.removeRequest(tx, id)
          return (await endSubscription(tx, id, 'unsubscribed')) || wasAsked
        },
        { evenSuspended: true },
      )
    },
    confirmToken,
    endToken,
  }
}

/** Erases somebody, with a leaf that names nobody. @returns whether they were there */
export async function endSubscription(
  tx: TenantContext,
  id: string,
  code: 'unsubscribed' | 'removed' | 'refused',
): Promise<boolean> {
  const was = await store.removeSubscriber(tx, id)
  if (was) await tx.append({ type: 'subscription.ended', about: { kind: 'subscriber', id }, code })
  return was
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
