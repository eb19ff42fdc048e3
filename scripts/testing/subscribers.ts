import { expect, vi } from 'vitest'
import { atAlpha, startLetterWorld } from './letters.ts'
import type { LetterWorld } from './letters.ts'

const document = new TextEncoder().encode(
  '# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as argon2id hashes.\n- All network communication uses TLS 1.2 or newer.\n',
)

interface Statements {
  readonly statements: readonly { readonly text: string; readonly measure: { id: string; revision: number } | null }[]
}

type Fields = readonly (readonly [string, string])[]

/** A server that writes real letters, with an edition that people can follow. */
export interface SubscriberWorld extends LetterWorld {
  /** Posts a plain form, as a browser without a script does. */
  readonly form: (path: string, fields: Fields, headers?: Record<string, string>) => Promise<Response>
  /** Enters an address on the public page. */
  readonly ask: (email: string, topics?: readonly string[], headers?: Record<string, string>) => Promise<Response>
  /** Waits until so many letters have arrived. */
  readonly arrived: (count: number) => Promise<void>
  /** The link to a page in a letter; empty where there is none. */
  readonly linkIn: (raw: string | undefined, page: string) => string
  readonly subscribers: () => Promise<{ email: string; topics: string[] }[]>
  /** From the form to the welcome. @returns the link that ends it */
  readonly subscribe: (email: string, topics?: readonly string[]) => Promise<string>
  /** Has confirmed long ago. */
  readonly follow: (email: string, topics?: readonly string[]) => Promise<void>
  /** Says of every line that it means what the machine took it for. */
  readonly confirmAll: () => Promise<void>
  /** Publishes what the register promises now, with every decision that this needs. */
  readonly sign: () => Promise<void>
  readonly change: (word: string, changes: object) => Promise<void>
  /** Tells the newest edition once more, as if it was published now. */
  readonly tellAgain: () => Promise<void>
  /** How many letters wait. */
  readonly letters: () => Promise<number>
  /** Nobody follows, nothing waits. */
  readonly forget: () => Promise<void>
}

/** Starts it. */
export async function startSubscriberWorld(): Promise<SubscriberWorld> {
  const world = await startLetterWorld()
  const { server, owner } = world
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
  const read = await json<{ document: { id: string } }>(
    owner.upload('/api/tenants/alpha/document/read?name=tom.md', document),
  )
  await owner.post(atAlpha('document.adopt'), { documentId: read.document.id })

  const form: SubscriberWorld['form'] = (path, fields, headers = {}) =>
    fetch(`${server.local}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields.map((one) => [...one])),
      headers,
    })
  const ask: SubscriberWorld['ask'] = (email, topics = ['edition'], headers = {}) =>
    form(
      '/trust/alpha/subscribe',
      [['email', email], ['language', 'en'], ...topics.map((topic) => ['topic', topic] as const)],
      headers,
    )
  const arrived = async (count: number) =>
    await vi.waitFor(() => expect(world.received).toHaveLength(count), { timeout: 20_000 })
  const linkIn: SubscriberWorld['linkIn'] = (raw = '', page) => {
    const [, link = ''] = new RegExp(`https://toms\\.example\\.com(/trust/alpha/${page}\\?token=\\S+)`).exec(raw) ?? []
    return link.replaceAll('&amp;', '&').replace(/[<>"].*$/, '')
  }
  const sign = async () => {
    const { id } = await json<{ id: string }>(owner.post(atAlpha('edition.draft'), {}))
    const { changes = [] } = await json<{ changes?: { key: string; decision: string }[] }>(
      owner.get(atAlpha('edition.compare')),
    )
    for (const { key, decision } of changes)
      if (decision === 'needed')
        await owner.post(atAlpha('edition.decide'), { change: key, reason: 'Planned again, with a date.' })
    expect((await owner.post(atAlpha('edition.sign'), { editionId: id })).status).toBe(200)
  }
  await sign()
  const followed = Object.assign(world, {
    form,
    ask,
    arrived,
    linkIn,
    sign,
    async follow(email: string, topics: readonly string[] = ['edition']) {
      await server.tenants.asSystem('alpha', ({ sql, newId }) =>
        sql.query(
          `insert into subscriber (id, email, language, topics, since) values ($1, $2, 'en', $3, '2020-01-01')`,
          [newId(), email, topics],
        ),
      )
    },
    async confirmAll() {
      const section = { documentId: read.document.id, section: 'Access' }
      expect((await owner.post(atAlpha('measure.confirm_section'), section)).status).toBe(200)
    },
    subscribers: () =>
      server.tenants.asSystem(
        'alpha',
        async ({ sql }) =>
          (await sql.query<{ email: string; topics: string[] }>('select email, topics from subscriber')).rows,
      ),
    async subscribe(email: string, topics: readonly string[] = ['edition']) {
      const before = world.received.length
      expect((await ask(email, topics)).status).toBe(200)
      await arrived(before + 1)
      expect((await form(linkIn(world.received.at(-1)?.raw, 'confirm'), [])).status).toBe(200)
      await arrived(before + 2)
      return linkIn(world.received.at(-1)?.raw, 'unsubscribe')
    },
    async change(word: string, changes: object) {
      const { statements } = await json<Statements>(owner.get(atAlpha('register.show')))
      const measure = statements.find(({ text }) => text.includes(word))?.measure
      await owner.post(atAlpha('measure.change'), { measureId: measure?.id, revision: measure?.revision, ...changes })
    },
    tellAgain: () =>
      server.tenants.asSystem('alpha', async ({ sql, newId, now, tenant, enqueue }) => {
        await sql.query('delete from subscription_notice')
        await sql.query(`update subscriber set since = '2020-01-01'`)
        await sql.query(
          `insert into subscription_notice (id, kind, edition_id, at)
           select $1, 'edition', id, $2 from edition where state = 'edition' order by number desc limit 1`,
          [newId(), now],
        )
        await enqueue('subscription.letters', { tenantId: tenant.id })
      }),
    letters: () =>
      server.tenants.asSystem(
        'alpha',
        async ({ sql }) => (await sql.query('select id from subscriber_letter')).rows.length,
      ),
    async forget() {
      // What is on its way to the queue would come after it was emptied, and what is under way would go on.
      await server.ledgers.settle(await server.registry.open('alpha'))
      await server.databases.control.query(
        `delete from pgboss.job where name like 'subscription.%' and state <> 'active'`,
      )
      await vi.waitFor(async () => {
        const { rows } = await server.databases.control.query(
          `select from pgboss.job where name like 'subscription.%' and state = 'active'`,
        )
        expect(rows).toHaveLength(0)
      }, 20_000)
      await server.tenants.asSystem('alpha', async ({ sql }) => {
        for (const table of ['subscriber', 'subscription_request', 'subscription_notice', 'subscription_setting'])
          await sql.query(`delete from ${table}`)
      })
      await server.databases.control.query('delete from attempt')
      await server.databases.control.query(`delete from pgboss.job where name like 'subscription.%'`)
      await world.clear()
    },
  })
  await followed.forget()
  return followed
}
