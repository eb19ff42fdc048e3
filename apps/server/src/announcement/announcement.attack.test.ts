import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { addDays } from '../calendar/index.ts'
import { mailErrors } from '../platform/index.ts'
import type { Letter, Mailer } from '../platform/index.ts'
import { attendNotices } from './attend.ts'
import { sendNotices } from './letters.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

let { server, owner, editor, measureOf, draft } = {} as Published
let sent: Letter[] = []
/** What the mail server answers to the next letters. */
let answers: (Error | null)[] = []
const mailer: Mailer = {
  isSet: true,
  send: (letter) => {
    const failure = answers.shift() ?? null
    if (failure) return Promise.reject(failure)
    sent.push(letter)
    return Promise.resolve()
  },
}

beforeAll(async () => {
  ;({ server, owner, editor, measureOf, draft } = await publishedEdition({ mailer }))
})
afterAll(() => server.stop())

const today = () => todayOfTenants()
const ask = async <T = object>(operation: string, body: object, person = owner): Promise<T> =>
  await json<T>(await person.post(at(operation), body))
const read = async <T>(operation: string, query = ''): Promise<T> =>
  await json<T>(await owner.get(`${at(operation)}${query}`))
const refused = async (operation: string, body: object): Promise<unknown> =>
  ((await (await owner.post(at(operation), body)).json()) as { code: string }).code
const send = async (by: Mailer = mailer) => {
  const { id } = await server.tenants.asSystem('alpha', ({ tenant }) => Promise.resolve(tenant))
  await sendNotices(
    { tenantId: id },
    { ...server, mailer: by, homeOf: () => Promise.resolve('https://alpha.example'), log },
  )
}
const log = { debug() {}, info() {}, warn() {}, error() {} }
const later = async (days: number) =>
  await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query(
      'update announcement_notice set object_by = object_by - $1::int, sent_on = sent_on - $1::int where sent_on is not null',
      [days],
    ),
  )

/** Until everything that waits was sent, by whoever sends it. */
const quiet = async () => {
  await expect
    .poll(
      async () =>
        await server.tenants.asSystem('alpha', async ({ sql }) => {
          const { rows } = await sql.query<{ n: number }>(
            `select (select count(*) from announcement where spread_at is null)::int
               + (select count(*) from announcement_notice where state in ('waiting', 'on-its-way'))::int as n`,
          )
          return rows[0]?.n
        }),
      { timeout: 20_000 },
    )
    .toBe(0)
}

interface Notice {
  readonly noticeId: string
  readonly state: string
  readonly edition: number | null
  readonly before: number | null
  readonly sentOn: string | null
  readonly objectBy: string | null
  readonly outcome: string | null
}
const told = async (customerId: string) =>
  (await read<{ notices: Notice[] }>('announcement.of', `?customerId=${customerId}`)).notices
const agreed = async (customerId: string) =>
  (await read<{ contracts: { edition: number | null }[] }>('customer.show', `?customerId=${customerId}`)).contracts[0]
    ?.edition

let count = 0
async function customer(terms: object = {}, who: object = {}): Promise<{ customerId: string; contractId: string }> {
  const n = (count += 1)
  const { customerId } = await ask<{ customerId: string }>('customer.add', {
    name: `Customer ${n}`,
    language: 'en',
    contactEmail: `c${n}@example.org`,
    ...who,
  })
  const given = { customerId, title: 'Agreement', validFrom: '2020-01-01', edition: 1, measureDays: 14, ...terms }
  return { customerId, ...(await ask<{ contractId: string }>('contract.add', given)) }
}

/** Weakens a line, decides so, and publishes. */
async function publishLess(word: string): Promise<void> {
  const { measureId, revision } = await measureOf(word)
  await ask('measure.change', { measureId, revision, guarantor: 'customer' })
  const { changes } = await read<{ changes: { key: string; decision: string; decided: object | null }[] }>(
    'edition.compare',
  )
  for (const { key, decision, decided } of changes)
    if (decision === 'needed' && decided === null)
      await ask('edition.decide', { change: key, reason: 'The customer does it from now on.' })
  await ask('edition.sign', { editionId: await draft() })
}

describe('a publication that promises less', () => {
  it('is told to each customer who agreed to more, once, with the period of the agreement', async () => {
    const a = await customer({ measureDays: 14 })
    const b = await customer({ measureDays: 45, silenceConsents: true }, { language: 'de' })
    const none = await customer({ edition: null })
    const byHand = await customer({}, { contactEmail: null })
    const ended = await customer()
    await ask('contract.end', { contractId: ended.contractId, endedOn: today(), reason: 'They left.' })
    await ask('announcement.set_contact', { contact: 'privacy@alpha.example' })
    await publishLess('Passwords')
    await Promise.all([send(), send()])
    await quiet()
    expect(sent.map(({ to }) => to).toSorted()).toEqual(['c1@example.org', 'c2@example.org'])
    const [english, german] = ['c1', 'c2'].map((one) => sent.find(({ to }) => to.startsWith(one)))
    expect(english?.subject).toContain('changed measures, edition 2')
    expect(english?.paragraphs.join('\n')).toContain('Passwords have at least 12 characters.')
    expect(english?.paragraphs.join('\n')).toContain('privacy@alpha.example')
    expect(german?.paragraphs.join('\n')).toContain('Sie können bis zum')
    expect(await told(a.customerId)).toMatchObject([
      { state: 'sent', edition: 2, before: 1, sentOn: today(), objectBy: addDays(today(), 14), outcome: null },
    ])
    expect((await told(b.customerId))[0]?.objectBy).toBe(addDays(today(), 45))
    expect(await told(none.customerId)).toEqual([])
    expect(await told(ended.customerId)).toEqual([])
    expect(await told(byHand.customerId)).toMatchObject([{ state: 'by-hand', sentOn: null }])
    const [{ noticeId } = { noticeId: '' }] = await told(byHand.customerId)
    expect(await refused('announcement.send', { noticeId })).toBe('announcement.no_mail')
    expect(await refused('announcement.mark_sent', { noticeId, sentOn: addDays(today(), 1) })).toBe(
      'announcement.not_sent',
    )
    await ask('announcement.mark_sent', { noticeId, sentOn: today() })
    expect(await refused('announcement.mark_sent', { noticeId, sentOn: today() })).toBe('announcement.sent_already')

    // Silence agrees only where the agreement says so, and on the last day nothing is over yet.
    await later(14)
    await server.tenants.asSystem('alpha', attendNotices)
    expect((await told(a.customerId))[0]?.outcome).toBeNull()
    await later(40)
    await server.tenants.asSystem('alpha', attendNotices)
    await server.tenants.asSystem('alpha', attendNotices)
    expect((await told(a.customerId))[0]?.outcome).toBe('silent')
    expect([await agreed(a.customerId), await agreed(b.customerId)]).toEqual([1, 2])
  })

  it('waits for a decision about what was agreed, also where the last edition promises no more', async () => {
    // Edition 2 promises less than edition 1, to which customers agreed. Weakened once more, both need a decision.
    const { measureId, revision } = await measureOf('Passwords')
    await ask('measure.change', { measureId, revision, guarantor: 'processor' })
    const open = async (from = '') =>
      (
        await read<{ changes: { key: string; decision: string; decided: object | null }[] }>('edition.compare', from)
      ).changes.filter(({ decision, decided }) => decision === 'needed' && decided === null)
    for (const { key } of await open()) await ask('edition.decide', { change: key, reason: 'Our host does it now.' })
    const editionId = await draft()
    const answer = await owner.post(at('edition.sign'), { editionId })
    expect(((await answer.json()) as { code: string }).code).toBe('edition.agreed_decision_needed')
    const { editions } = await read<{ editions: { id: string; number: number | null }[] }>('edition.list')
    const first = editions.find(({ number }) => number === 1)?.id
    const left = await open(`?from=${first}`)
    expect(left.length).toBeGreaterThan(0)
    for (const { key } of left) await ask('edition.decide', { change: key, reason: 'Less than agreed, and told.' })
    await ask('edition.sign', { editionId })
  })
})

describe('a notice', () => {
  it('to all needs a signatory, and its objection is recorded and settled by one', async () => {
    const one = await customer({ subProcessorDays: 7 }, { contactEmail: null })
    const given = { kind: 'sub-processor', title: 'New host', body: 'Example Hosting from May on.' }
    expect((await editor.post(at('announcement.make'), given)).status).toBe(403)
    sent = []
    await ask('announcement.make', given)
    expect((await told(one.customerId))[0]?.state).toBe('by-hand')
    const [{ noticeId } = { noticeId: '' }] = await told(one.customerId)
    await ask('announcement.mark_sent', { noticeId, sentOn: addDays(today(), -2) })
    expect((await told(one.customerId))[0]?.objectBy).toBe(addDays(today(), 5))
    const answer = { noticeId, outcome: 'objected', text: 'Not there.' }
    expect(await refused('announcement.answer', { ...answer, onDay: addDays(today(), -3) })).toBe(
      'announcement.not_sent',
    )
    await ask('announcement.answer', { ...answer, onDay: today() })
    expect(await refused('announcement.answer', { ...answer, onDay: today() })).toBe('announcement.answered')
    const settle = { noticeId, onDay: today(), settlement: 'They stay with the old host.', agrees: false }
    expect((await editor.post(at('announcement.settle'), settle)).status).toBe(403)
    await ask('announcement.settle', settle)
    expect(await refused('announcement.settle', settle)).toBe('announcement.no_objection')
  })

  it('goes out at most once: tried again when the server is away, lost when art32 was killed on the way', async () => {
    const one = await customer({}, { contactEmail: null })
    await ask('announcement.make', { kind: 'other', title: 'Hello', body: 'A word to all of you.' })
    await quiet()
    const state = async () => (await told(one.customerId))[0]?.state
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(`update customer set contact_email = 'late@example.org' where id = $1`, [one.customerId])
      await sql.query(`update announcement_notice set state = 'waiting' where contract_id = $1`, [one.contractId])
    })
    sent = []
    answers = [mailErrors.unreachable()]
    await expect(send()).rejects.toBeDefined()
    expect([await state(), sent.length]).toEqual(['waiting', 0])
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(
        `update announcement_notice set state = 'on-its-way', claimed_until = now() - interval '1 minute' where contract_id = $1`,
        [one.contractId],
      ),
    )
    await send()
    expect([await state(), sent.length]).toEqual(['lost', 0])
    await send()
    expect(sent).toEqual([])
  })
})
