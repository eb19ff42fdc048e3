import { expect, vi } from 'vitest'
import { atAlpha, startLetterWorld } from './letters.ts'
import type { LetterWorld } from './letters.ts'
import { sendReport } from './reported.ts'
import type { Filled } from './reported.ts'
import { hurry } from './hurry.ts'

/** A letter as its reader sees it. */
interface Read {
  readonly raw: string
  readonly subject: string
  /** The part without HTML. */
  readonly text: string
}

/** A server that takes reports of strangers and writes them real letters. */
export interface ReportLetters extends LetterWorld {
  /** Sends the form, as one who takes their time. */
  readonly send: (filled: Filled, slug?: string) => Promise<Response>
  /** Sends it, and opens the page that follows. */
  readonly report: (filled: Filled, slug?: string) => Promise<{ link: string; page: string; reportId: string }>
  /** Lets time pass, for limits as for forms. */
  readonly pass: (minutes: number) => void
  readonly open: (path: string) => Promise<string>
  readonly ask: <T = object>(operation: string, input: object) => Promise<T>
  readonly look: <T>(operation: string, query?: string) => Promise<T>
  /** Waits until so many letters to reporters have arrived. */
  readonly arrived: (count: number) => Promise<void>
  /** The last letter to an address. */
  readonly letterTo: (to: string) => Read
  /** Kinds and states of the letters that are kept, the earliest first. */
  readonly letters: () => Promise<string[]>
  /** Waits until they are these. */
  readonly settled: (letters: readonly string[]) => Promise<void>
  /** Has the job of every kept letter come once more, as after a crash. */
  readonly again: () => Promise<void>
  /** Waits until no job is left that could send one. */
  readonly idle: () => Promise<void>
  readonly rows: <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>
  /** All leaves of the tenant with what lies beside them, as one text. */
  readonly leaves: () => Promise<string>
  /** Nobody reported, nothing arrived, nothing was counted. */
  readonly forget: () => Promise<void>
}

const setting = { isOpen: true, acknowledgeDays: 5, discloseDays: 90, policy: '', cra: 'undecided', craReason: '' }

/** Starts it. */
export async function startReportLetters(): Promise<ReportLetters> {
  let ahead = 0
  const world = await startLetterWorld({ now: () => new Date(Date.now() + ahead * 60_000) })
  const { server, owner } = world
  const within = async <T extends object>(text: string, values: readonly unknown[] = []) =>
    await server.tenants.asSystem('alpha', async ({ sql }) => (await sql.query<T>(text, [...values])).rows)
  const other = await server.addPerson('owner@beta.example', 'beta', 'owner')
  await owner.post(atAlpha('report.set_up'), setting)
  await other.post('/api/tenants/beta/report/set_up', setting)
  const pass = (minutes: number) => {
    ahead += minutes
  }
  const send: ReportLetters['send'] = (filled, slug = 'alpha') => sendReport(server, slug, filled, () => pass(0.1))
  const open = async (path: string) => await (await fetch(`${server.local}${path}`)).text()
  const made = Object.assign(world, {
    send,
    pass,
    open,
    async report(filled: Filled, slug = 'alpha') {
      const sent = await send(filled, slug)
      expect([sent.status, sent.status === 303 ? '' : await sent.text()]).toEqual([303, ''])
      const location = sent.headers.get('location') ?? ''
      const rows = await server.tenants.asSystem(
        slug,
        async ({ sql }) => (await sql.query<{ id: string }>('select id from report order by number desc limit 1')).rows,
      )
      return { link: location.split('?')[0] ?? '', page: await open(location), reportId: rows[0]?.id ?? '' }
    },
    async ask<T = object>(operation: string, input: object): Promise<T> {
      const answer = await owner.post(atAlpha(operation), input)
      const body = (await answer.json()) as T
      expect([operation, answer.status, body]).toEqual([operation, 200, body])
      return body
    },
    look: async <T>(operation: string, query = '') =>
      (await (await owner.get(`${atAlpha(operation)}?${query}`)).json()) as T,
    arrived: async (count: number) =>
      await vi.waitFor(
        async () => {
          // Receipts leave at once by a clock that is ahead of the queue's; news wait for a minute and longer.
          await server.databases.control.query(
            `update pgboss.job set start_after = now() where name = 'report.letter' and state = 'created' and start_after < now() + interval '45 seconds'`,
          )
          expect(strangers()).toHaveLength(count)
          // A letter is there before it is written down that it went.
          const { rows } = await server.databases.control.query(
            `select from pgboss.job where name = 'report.letter' and state = 'active'`,
          )
          expect(rows).toHaveLength(0)
        },
        { timeout: 20_000, interval: 200 },
      ),
    letterTo(to: string): Read {
      const raw = strangers().findLast((one) => one.to === to)?.raw ?? ''
      const [, text = ''] = /Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--[^\r]/.exec(raw) ?? []
      const [, subject = ''] = /^Subject: ([^]*?)\r\n(?=\S)/m.exec(raw) ?? []
      return { raw, text, subject: subject.replaceAll(/\r\n /g, ' ') }
    },
    letters: async () =>
      (
        await within<{ said: string }>(`select kind || ' ' || state as said from report_letter order by made_at, id`)
      ).map(({ said }) => said),
    settled: async (expected: readonly string[]) =>
      await vi.waitFor(async () => expect(await made.letters()).toEqual(expected), { timeout: 20_000 }),
    async again() {
      await server.tenants.asSystem('alpha', async ({ sql, tenant, enqueue }) => {
        const { rows } = await sql.query<{ id: string }>('select id from report_letter')
        for (const { id } of rows) await enqueue('report.letter', { tenantId: tenant.id, letterId: id })
      })
    },
    rows: within,
    async idle() {
      for (const slug of ['alpha', 'beta']) await server.ledgers.settle(await server.registry.open(slug))
      const waiting = `select 1 from pgboss.job where name = 'report.letter' and state in ('created', 'retry', 'active')`
      await vi.waitFor(async () => expect((await server.databases.control.query(waiting)).rows).toEqual([]), {
        timeout: 20_000,
      })
    },
    async leaves() {
      const rows = await server.tenants.asSystem(
        'alpha',
        async ({ sql }) =>
          (
            await sql.query<{ all: string }>(
              `select (select string_agg(convert_from(leaf, 'UTF8'), ' ') from log_entry) ||
                 coalesce((select string_agg(o::text, ' ') from opening o), '') as all`,
            )
          ).rows,
        { settled: true },
      )
      return rows[0]?.all ?? ''
    },
    async due() {
      await server.ledgers.settle(await server.registry.open('alpha'))
      await hurry(server.databases.control, 'report.letter')
    },
    async forget() {
      for (const slug of ['alpha', 'beta'])
        await server.tenants.asSystem(slug, ({ sql }) => sql.query('delete from report'))
      await server.databases.control.query('delete from attempt')
      await server.databases.control.query(`delete from pgboss.job where name like 'report.%'`)
      await world.clear()
    },
  })
  /** Letters to people who work here are another matter. */
  function strangers() {
    return world.received.filter(({ to }) => !/^(owner|editor|member)@/.test(to))
  }
  await made.forget()
  return made
}
