import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../../../../scripts/testing/database.ts'
import type { TestDatabase } from '../../../../scripts/testing/database.ts'
import { takeTurns } from './turns.ts'
import type { Turn } from './turns.ts'

const migrations = (name: string) => fileURLToPath(new URL(`../../migrations/${name}`, import.meta.url))
const dayMs = 86_400_000

describe('taking turns', () => {
  let database: TestDatabase
  let control: Pool
  let at: number
  const now = () => new Date(at)

  beforeAll(async () => {
    database = await cloneDatabase([migrations('ledger'), migrations('control')])
    control = new Pool({ connectionString: database.url, max: 4 })
  })
  afterAll(async () => {
    await control.end()
    await database.drop()
  })
  beforeEach(() => {
    at = Date.parse('2026-11-22T03:00:00Z')
  })
  afterEach(() => control.query('delete from tenant'))

  async function make(count: number, since = now(), state = 'ready'): Promise<void> {
    for (let i = 0; i < count; i++) {
      const id = randomUUID()
      const letters = Array.from({ length: 12 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join(
        '',
      )
      await control.query(
        `insert into tenant (id, public_id, slug, name, language, state, database_name, role_password, data_key, ledger_key, ledger_vkey, since, data_key_since)
         values ($1, $2, $2, '', 'en', $3, $2, '', '', '', '', $4, $4)`,
        [id, letters, state, since],
      )
    }
  }
  /** One look, a day after the one before. */
  async function look(work: (turn: Turn) => Promise<void> = () => Promise.resolve()) {
    const taken: string[] = []
    const { round } = await takeTurns({ control, now }, async (turn) => {
      await work(turn)
      taken.push(turn.own.id)
    })
    at += dayMs
    return { round, taken }
  }

  it('takes all of a few in each look, each with another', async () => {
    await make(3)
    const pairs: (readonly [string, string | undefined])[] = []
    const { round } = await look(({ own, other }) => Promise.resolve(void pairs.push([own.id, other?.id])))
    expect(round).toEqual({ looked: 3, of: 3, days: 7, overdue: 0 })
    expect(pairs.every(([id, other]) => other !== undefined && other !== id)).toBe(true)
    expect(new Set(pairs.map(([, other]) => other)).size).toBe(3)
  })

  it('has no other for the only one', async () => {
    await make(1)
    const others: unknown[] = []
    await look(({ other }) => Promise.resolve(void others.push(other)))
    expect(others).toEqual([null])
  })

  it('goes on where the last look ended, until everybody had a turn in time', async () => {
    await make(60)
    const looks = [await look(), await look(), await look()]
    expect(looks.map(({ round }) => [round.looked, round.overdue])).toEqual([
      [25, 0],
      [25, 0],
      [25, 0],
    ])
    expect(new Set(looks.flatMap(({ taken }) => taken)).size).toBe(60)
  })

  it('looks at a thousand within seven days of one look each', async () => {
    await control.query(
      `insert into tenant (id, public_id, slug, name, language, state, database_name, role_password, data_key, ledger_key, ledger_vkey, since, data_key_since)
       select gen_random_uuid(), name, name, '', 'en', 'ready', name, '', '', '', '', $1, $1
         from (select translate(lpad(i::text, 12, '0'), '0123456789', 'abcdefghij') as name from generate_series(1, 1000) i) n`,
      [now()],
    )
    const looks = []
    for (let day = 0; day < 7; day++) looks.push(await look())
    expect(looks.map(({ round }) => round.looked)).toEqual(looks.map(() => 167))
    expect(looks.every(({ round }) => round.overdue === 0)).toBe(true)
    expect(new Set(looks.flatMap(({ taken }) => taken)).size).toBe(1_000)
  })

  it('never works with more than two at once', async () => {
    await make(9)
    let running = 0
    let most = 0
    await look(async () => {
      most = Math.max(most, ++running)
      await new Promise((done) => setTimeout(done, 5))
      running--
    })
    expect(most).toBe(2)
  })

  it('stops when its time is over, and says how many it came to', async () => {
    await make(20)
    const { round } = await look(() => Promise.resolve(void (at += 5_000)))
    expect(round.looked).toBeLessThan(5)
    expect(round.of).toBe(20)
  })

  it('does not count a turn that failed, begins with it the next time, and says when it is overdue', async () => {
    await make(2)
    const failing = ({ own }: Turn) => (own.id === first ? Promise.reject(new Error('away')) : Promise.resolve())
    const first = (await look()).taken[0]
    for (let day = 0; day < 7; day++) expect((await look(failing)).round).toMatchObject({ looked: 1, overdue: 0 })
    expect((await look(failing)).round).toMatchObject({ looked: 1, overdue: 1 })
    const begun: string[] = []
    expect((await look(({ own }) => Promise.resolve(void begun.push(own.id)))).round.overdue).toBe(0)
    expect(begun[0]).toBe(first)
  })

  it('counts from its making for one that had no turn yet', async () => {
    await make(1, new Date(at - 8 * dayMs))
    expect((await look(() => Promise.reject(new Error('away')))).round.overdue).toBe(1)
  })

  it('takes a suspended one, too, and neither one in the making nor one in its end', async () => {
    await make(1, now(), 'suspended')
    await make(1, now(), 'creating')
    expect((await look()).round).toMatchObject({ looked: 1, of: 1 })
  })

  it('keeps no turn of one that is deleted meanwhile', async () => {
    await make(1)
    await look(async ({ own }) => void (await control.query('delete from tenant where id = $1', [own.id])))
    expect((await control.query('select 1 from tenant_turn')).rows).toEqual([])
  })
})
