import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { prove } from '../engine/prove.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

const url: string | undefined = inject('databaseUrl')

/** The statements of the guide: what it tells people to do is what holds. */
const guide = readFileSync(new URL('../../../../docs/guides/prove-an-application.md', import.meta.url), 'utf8')
const policies = [...guide.matchAll(/```sql\n([\s\S]*?)```/g)].map((block) => block[1]).at(-1) ?? ''

describe.skipIf(url === undefined)('reaching one tenant of an application from another', () => {
  const name = `probe_crossing_${process.pid}`
  const [one, other, app] = [`${name}_one`, `${name}_other`, `${name}_app`]

  const address = (database: string, user?: string, tenant?: string) => {
    const at = new URL(url ?? '')
    at.pathname = `/${database}`
    if (user !== undefined) Object.assign(at, { username: user, password: 'swordfish' })
    if (tenant !== undefined) at.searchParams.set('options', `-c app.tenant=${tenant}`)
    return at.href
  }
  async function run(sql: string, database?: string): Promise<void> {
    const client = new Client({ connectionString: database === undefined ? url : address(database) })
    await client.connect()
    try {
      for (const statement of sql.split(';\n')) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  async function look(tenant: string, otherTenant: string) {
    const settings = { url: address(one), tenant, otherTenant }
    const { targets } = await prove([{ connector: 'app', settings, system: 'test' }], { attempts: 1 })
    const check = targets[0]?.checks.find((one) => one.check === 'app.tenant-isolation')
    if (!check) throw new Error('no result')
    const says = (state: string) =>
      check.outcomes.filter((outcome) => outcome.state === state).map((outcome) => outcome.subject)
    return { state: check.state, passed: says('pass'), failed: says('fail'), text: JSON.stringify(targets) }
  }

  beforeAll(async () => {
    await run(
      [one, other, app].map((role) => `create role ${role} login password 'swordfish'`).join(';\n') +
        `;\n${[one, other].map((database) => `create database ${database}`).join(';\n')}` +
        `;\n${[one, other].map((database) => `revoke all on database ${database} from public;\ngrant connect on database ${database} to ${database}`).join(';\n')}`,
    )
    for (const database of [one, other])
      await run(`create table invoice (tenant_id text, total int);\ngrant select on invoice to public`, database)
  })
  afterAll(async () => {
    await run([one, other].map((database) => `drop database ${database} with (force)`).join(';\n'))
    await run([one, other, app].map((role) => `drop role ${role}`).join(';\n'))
  })

  describe('with a database of its own each', () => {
    const both = () => look(address(one, one), address(other, other))

    it('passes where every way is refused, and keeps no credential', async () => {
      const { state, passed, failed, text } = await both()
      expect([state, failed]).toEqual(['pass', []])
      expect(passed).toEqual(expect.arrayContaining(['way:database', 'way:rows', 'way:files', 'way:notifications']))
      expect(text).not.toContain('swordfish')
    })

    it('fails by name where the other door stands open', async () => {
      await run(`grant connect on database ${other} to ${one}`)
      const { state, failed } = await both()
      await run(`revoke connect on database ${other} from ${one}`)
      expect(state).toBe('fail')
      expect(failed).toEqual(['way:database', 'way:rows'])
    })

    it('says nothing where the other tenant cannot be asked', async () => {
      const gone = new URL(address(other, other))
      gone.password = 'forgotten'
      expect((await look(address(one, one), gone.href)).state).toBe('not-evaluated')
      expect((await look(gone.href, address(one, one))).state).toBe('not-evaluated')
    })
  })

  describe('in a database that they share', () => {
    const both = () => look(address(one, app, 'a'), address(one, app, 'b'))

    beforeAll(async () => {
      await run(`grant connect on database ${one} to ${app}`)
      await run(`insert into invoice values ('a', 1), ('b', 2);\ncreate table country (name text);\n${policies}`, one)
    })

    it('passes by the row security of the guide, without asking for what they share', async () => {
      const { state, passed, failed } = await both()
      expect([state, failed]).toEqual(['pass', []])
      expect(passed).toContain('way:rows')
      for (const way of ['way:database', 'way:notifications', 'way:signals']) expect(passed).not.toContain(way)
    })

    it('fails where the rule of one table is forgotten', async () => {
      await run(
        `create table letter (tenant_id text);\ninsert into letter values ('b');\ngrant select on letter to public`,
        one,
      )
      const { state, failed } = await both()
      await run('drop table letter', one)
      expect([state, failed]).toEqual(['fail', ['way:rows']])
    })

    it('says nothing where the other has no row that could be found', async () => {
      expect((await look(address(one, app, 'a'), address(one, app, 'c'))).state).toBe('not-evaluated')
    })
  })
})
