import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { addDays, dayAt } from '../calendar/index.ts'
import { figureOf, states, stateOf } from './duty.ts'
import * as store from './store.ts'

/*
 * Lists are cut in the database and judged in the code: here both must say the same of every due day, for everybody. The due
 * days are drawn by a fixed rule, so that a failure can be seen again.
 */

let server: TestServer
const people: Person[] = []
const home = 'alpha'
const at = (path: string) => `/api/tenants/${home}/${path}`
let now = new Date()
const today = '2027-03-28'
const dutyCount = 30
const dayCount = 12

interface Due {
  readonly occurrenceId: string
  readonly dutyId: string
  readonly dueOn: string
  readonly state: string
  readonly maySign: boolean
  readonly mayConfirm: boolean
}
interface Page {
  readonly counts: Readonly<Record<string, number>>
  readonly found: number
  readonly pages: number
  readonly occurrences: readonly Due[]
}

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'alpha', slug: home, language: 'en' })
  for (const role of ['owner', 'editor', 'signatory', 'member', 'dpo'] as const)
    people.push(await server.addPerson(`${role}-of-lists@example.com`, home, role))
  people.push(await server.addPerson('away-of-lists@example.com', home, 'member'))
  // First the sessions, then the leap ahead: what expired is deleted by the clock of the server.
  await staySignedIn(server)
  now = new Date('2027-03-28T00:30:00.000Z')
  await server.tenants.asSystem(home, async (tx) => {
    const accounts = (await store.listMembers(tx)).map(({ account_id: id }) => id)
    const pick = <T>(list: readonly T[], by: number): T | undefined => list[by % list.length]
    for (let n = 0; n < dutyCount; n += 1) {
      const owner = n % 3 === 0 ? null : (pick(accounts, n) ?? null)
      const id = randomUUID()
      await store.saveDuty(tx, {
        id,
        title: `Duty ${(n * 7) % dutyCount} ${n % 2 === 0 ? 'Ä' : 'z'}`,
        instruction: '',
        catalogue_id: null,
        rhythm: { kind: 'quarter' },
        owner_account: owner,
        owner_role: owner === null ? (pick(['owner', 'editor', 'member'] as const, n / 3) ?? 'owner') : null,
        deputy_account:
          n % 4 === 0
            ? (pick(
                accounts.filter((one) => one !== owner),
                n,
              ) ?? null)
            : null,
        lead_days: 30,
        grace_days: 5,
        four_eyes: n % 5 === 0,
        form: [],
        starts_on: '2026-01-01',
      })
      for (let k = 0; k < dayCount; k += 1) {
        const due = addDays(today, ((n * 13 + k * 5) % 41) - 30 + (k === 0 ? 0 : k))
        await store.addOccurrence(tx, {
          duty_id: id,
          due_on: due,
          from_on: addDays(due, -30),
          last_on: addDays(due, 5),
          label: k % 6 === 5 ? `2.${k}` : '',
        })
      }
      for (const [k, row] of (await store.listOccurrences(tx, id)).entries()) {
        const way = (n + k) % 4
        if (way === 0) continue
        const signOff = {
          id: randomUUID(),
          occurrence_id: row.id,
          kind: way === 1 ? ('first' as const) : ('given' as const),
          of_id: null,
          account_id: pick(accounts, n + k) ?? null,
          role: 'owner',
          effective_on: row.due_on,
          at: now,
          form: {},
          reason: '',
          commitment: null,
        }
        await store.addSignOff(tx, signOff)
        if (way === 1) await store.noteDone(tx, { id: row.id, done_on: null, done_at: null, first_id: signOff.id })
        // Some late, some in time, some written down around the midnight on which the grace ended.
        const doneAt = new Date(`${addDays(row.last_on, k % 3 === 0 ? 0 : 1)}T${k % 2 === 0 ? '21:30' : '22:30'}:00Z`)
        if (way > 1)
          await store.noteDone(tx, {
            id: row.id,
            done_on: addDays(row.last_on, way - 2),
            done_at: doneAt,
            first_id: null,
          })
      }
      if (n % 7 === 6) await store.retireDuty(tx, id)
    }
    const [, , , , , away] = accounts
    if (away !== undefined)
      await store.addAbsence(tx, { id: randomUUID(), account_id: away, from_on: today, until_on: today })
  })
})
afterAll(() => server.stop())

const pageOf = async (person: Person, query: string) =>
  (await (await person.get(`${at('duty/calendar')}?${query}`)).json()) as Page
async function allOf(person: Person, query = ''): Promise<Due[]> {
  const found: Due[] = []
  for (let page = 0; ; page += 1) {
    const { occurrences, pages } = await pageOf(person, `${query}&page=${page}`)
    found.push(...occurrences)
    if (page + 1 >= pages) return found
  }
}
const ownerOf = (): Person => {
  const [owner] = people
  if (!owner) throw new Error('nobody')
  return owner
}
const idsOf = (rows: readonly Due[]) => rows.map(({ occurrenceId }) => occurrenceId).toSorted()

describe('lists that are cut in the database', () => {
  it('hold every due day once, as the code judges it', async () => {
    const listed = await allOf(ownerOf())
    const { rows, retired } = await server.tenants.asSystem(home, async (tx) => ({
      rows: await store.listOccurrences(tx),
      retired: new Set((await store.listDuties(tx)).flatMap((duty) => (duty.retired_at === null ? [] : duty.id))),
    }))
    const shown = rows.filter((row) => row.done_at !== null || !retired.has(row.duty_id))
    expect(idsOf(listed)).toEqual(shown.map(({ id }) => id).toSorted())
    const byId = new Map(listed.map((one) => [one.occurrenceId, one.state]))
    for (const row of shown) expect([row, byId.get(row.id)]).toEqual([row, stateOf(row, today)])
    // Drawn so that each state is there.
    expect(new Set(byId.values())).toEqual(new Set(states))
    expect(listed.map(({ dueOn }) => dueOn)).toEqual(listed.map(({ dueOn }) => dueOn).toSorted())
  })

  it('find by state, and what each person can act on, and count the same', async () => {
    for (const person of people) {
      const all = await allOf(person)
      const { counts } = await pageOf(person, '')
      for (const state of states)
        expect(idsOf(await allOf(person, `state=${state}`))).toEqual(idsOf(all.filter((one) => one.state === state)))
      const open = all.filter(({ state }) => state !== 'done')
      expect(idsOf(await allOf(person, 'state=open'))).toEqual(idsOf(open))
      const mine = all.filter(({ maySign, mayConfirm }) => maySign || mayConfirm)
      expect(idsOf(await allOf(person, 'mine=true'))).toEqual(idsOf(mine))
      const count = (state: string) => all.filter((one) => one.state === state).length
      expect(counts).toEqual({
        open: open.length,
        overdue: count('overdue'),
        missed: count('missed'),
        done: count('done'),
        mine: mine.length,
      })
    }
    const [, , , , dpo] = people
    if (dpo) expect(await allOf(dpo, 'mine=true')).toEqual([])
  })

  it('give the figures that the code counts, also what was written down later', async () => {
    const { duties, found } = (await (await ownerOf().get(at('duty/list'))).json()) as {
      duties: { dutyId: string; title: string; isRetired: boolean; figure: object; next: string | null }[]
      found: number
    }
    expect(found).toBe(dutyCount)
    const rows = await server.tenants.asSystem(home, async (tx) => await store.listOccurrences(tx))
    const byDuty = Map.groupBy(rows, (row) => row.duty_id)
    let later = 0
    for (const { dutyId, figure, next, isRetired } of duties) {
      const own = byDuty.get(dutyId) ?? []
      const expected = figureOf(own, today, (instant) => dayAt(instant, 'Europe/Berlin'))
      later += expected.recordedLater
      expect([dutyId, figure]).toEqual([dutyId, expected])
      expect(next).toBe(isRetired ? null : (own.find((row) => row.done_at === null)?.due_on ?? null))
    }
    expect(later).toBeGreaterThan(0)
    // Those that are over come last.
    const over = duties.findIndex(({ isRetired }) => isRetired)
    expect(duties.slice(over).every(({ isRetired }) => isRetired)).toBe(true)
    expect(over).toBeGreaterThan(0)
  })

  it('find duties by what their titles hold, and by nothing else', async () => {
    const find = async (text: string) =>
      ((await (await ownerOf().get(`${at('duty/list')}?find=${encodeURIComponent(text)}`)).json()) as { found: number })
        .found
    expect(await find('DUTY')).toBe(dutyCount)
    expect(await find('ä')).toBe(dutyCount / 2)
    expect(await find('%')).toBe(0)
    expect(await find(`' or true --`)).toBe(0)
  })
})
