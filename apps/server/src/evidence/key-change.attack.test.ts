import { openCheckpoint, parseVkey, verifyBundle } from '@art32/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { grow, instanceLog, tenantLog } from '../../../../scripts/testing/logs.ts'
import { ledgerCrypto } from '../platform/index.ts'

const keyOf = (vkey: string) => parseVkey(ledgerCrypto, vkey)
const reason = 'The yearly change.'

describe('the change of the key of a ledger', () => {
  let world: Published
  let before: { origin: string; vkey: string; note: string }
  const rotate = async (input: object) => {
    const response = await world.owner.post('/api/ledger/rotate_key', input)
    return [response.status, await response.json()] as const
  }
  const verify = async (editionId: string, trust: Parameters<typeof verifyBundle>[2]) => {
    const report = verifyBundle(ledgerCrypto, new Map(Object.entries(await world.bundleOf(editionId))), trust)
    return { ...report, faults: report.steps.flatMap(({ ok, place, say }) => (ok ? [] : [`${place}: ${say}`])) }
  }

  beforeAll(async () => {
    world = await publishedEdition()
    const { tenant } = await world.server.registry.open('alpha')
    before = { ...tenant, note: (await tenantLog(world.server)).note }
  })
  afterAll(() => world.server.stop())

  it('is refused to whoever is no owner, without a reason and with a time that is to come', async () => {
    const editor = await world.editor.post('/api/ledger/rotate_key', { slug: 'alpha', reason })
    expect([editor.status, await editor.json()]).toMatchObject([403, { code: 'access.not_owner' }])
    const whole = await world.owner.post('/api/ledger/rotate_key', { reason })
    expect(await whole.json()).toMatchObject({ code: 'access.not_operator' })
    expect((await rotate({ slug: 'alpha', reason: ' ' }))[0]).toBe(400)
    const ahead = { slug: 'alpha', reason, compromised: true, since: '2999-01-01T00:00:00Z' }
    expect(await rotate(ahead)).toMatchObject([400, { code: 'custody.since_ahead' }])
    expect((await tenantLog(world.server)).origin).toBe(before.origin)
  })

  it('ends the log with the name of the new key, signed by the old one, and goes on under the new', async () => {
    const [status, answer] = await rotate({ slug: 'alpha', reason })
    expect([status, answer]).toMatchObject([
      200,
      { before: { origin: before.origin, vkey: before.vkey }, origin: `${before.origin}/2` },
    ])
    const { vkey } = answer as { vkey: string }
    const log = await tenantLog(world.server)
    expect(log.leaves[0]).toMatchObject({ type: 'log.continued', code: 'after-rotation' })
    expect(openCheckpoint(ledgerCrypto, log.note, [keyOf(vkey)]).size).toBe(log.size)
    const [sealed] = log.earlier
    expect(openCheckpoint(ledgerCrypto, sealed?.note ?? '', [keyOf(before.vkey)]).size).toBe(Number(sealed?.size))
    // The old private key is nowhere any more.
    const { rows } = await world.server.databases.control.query<{ next: Buffer | null; former: string[] }>(
      `select next_ledger_key as next, former_vkeys as former from tenant where slug = 'alpha'`,
    )
    expect(rows).toEqual([{ next: null, former: [before.vkey] }])
  })

  it('leaves editions from before and after verifiable, by the old key and by the new one', async () => {
    const { tenant } = await world.server.registry.open('alpha')
    const after = await world.draft()
    for (const trust of [before.vkey, tenant.vkey])
      for (const id of [world.published, after])
        expect((await verify(id, { keys: [keyOf(trust)], held: [before.note] })).faults).toEqual([])
    const { rotations } = await verify(after, { keys: [keyOf(before.vkey)] })
    expect(rotations.map(({ from, to }) => [from.id, to.id])).toEqual([[keyOf(before.vkey).id, keyOf(tenant.vkey).id]])
  })

  it('is found and led to over two changes, and the ledger still passes its audit', async () => {
    expect((await rotate({ slug: 'alpha', reason }))[0]).toBe(200)
    const { tenant } = await world.server.registry.open('alpha')
    expect(tenant.origin).toBe(`${before.origin}/3`)
    expect((await verify(await world.draft(), { keys: [keyOf(before.vkey)], held: [before.note] })).faults).toEqual([])
    const audit = await (await world.owner.get(at('ledger.audit'))).json()
    expect(audit).toMatchObject({ faults: [] })
  })

  it('of two at once makes one or two, and never a log without a key', async () => {
    const answers = await Promise.all([1, 2].map(() => rotate({ slug: 'alpha', reason })))
    expect(answers.map(([status]) => status)).toContain(200)
    for (const [status] of answers) expect([200, 409]).toContain(status)
    await grow(world.server, 2)
    const log = await tenantLog(world.server)
    const { tenant } = await world.server.registry.open('alpha')
    expect(openCheckpoint(ledgerCrypto, log.note, [keyOf(tenant.vkey)]).origin).toBe(tenant.origin)
  })

  it('loses nothing that is written meanwhile', async () => {
    const write = (n: number) =>
      world.server.tenants.asSystem('alpha', ({ append, tenant }) =>
        append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id }, content: { content: { n } } }),
      )
    const changed = async () => {
      const { rows } = await world.server.tenants.asSystem('alpha', ({ sql }) =>
        sql.query<{ n: number }>(
          `select count(*)::int as n from (select leaf from log_entry union all select leaf from earlier_entry) all_leaves
           where position('"type":"tenant.changed"'::bytea in leaf) > 0`,
        ),
      )
      return rows[0]?.n ?? 0
    }
    await world.server.ledgers.settle(await world.server.registry.open('alpha'))
    const count = await changed()
    await Promise.all([rotate({ slug: 'alpha', reason }), ...Array.from({ length: 30 }, (_, n) => write(n))])
    await world.server.ledgers.settle(await world.server.registry.open('alpha'))
    expect(await changed()).toBe(count + 30)
  })

  it('is taken along by an export, into another tenant whose ledger continues the changed one', async () => {
    await world.server.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
    const operator = await world.server.addPerson('operator@example.com', 'this-installation', 'owner')
    const exported = await world.owner.post(at('tenant.export'), {})
    expect(exported.status).toBe(200)
    const archive = new Uint8Array(await exported.arrayBuffer())
    const imported = await operator.upload('/api/tenant/import?name=alpha.zip&slug=moved', archive)
    expect([imported.status, await imported.json()]).toMatchObject([200, { slug: 'moved' }])
    const shown = await (await operator.get('/api/tenants/moved/ledger/show')).json()
    const { tenant } = await world.server.registry.open('alpha')
    const { earlier } = shown as { earlier: { origin: string; vkey: string }[] }
    // With the keys of all its logs, each under its own name.
    expect(earlier[0]).toMatchObject({ origin: tenant.origin, vkey: tenant.vkey })
    expect(earlier.map(({ origin }) => origin)).toContain(before.origin)
    expect(earlier.find(({ origin }) => origin === before.origin)?.vkey).toBe(before.vkey)
  })

  it('leads from a key in foreign hands to no other, and says since when', async () => {
    const { tenant: old } = await world.server.registry.open('alpha')
    const held = (await tenantLog(world.server)).note
    const id = await world.draft()
    const since = '2026-01-02T03:04:05.000Z'
    expect((await rotate({ slug: 'alpha', reason, compromised: true, since }))[0]).toBe(200)
    const { tenant } = await world.server.registry.open('alpha')
    const log = await tenantLog(world.server)
    expect(log.leaves.slice(0, 2).map(({ type, code }) => [type, code])).toEqual([
      ['log.continued', 'after-compromise'],
      ['key.compromised', undefined],
    ])
    // Nothing was signed by that key for it.
    expect(log.earlier.at(-1)?.note.split('\n')[1]).toBe(log.earlier.at(-1)?.size)
    const after = await world.draft()
    const told = await verify(after, { keys: [keyOf(tenant.vkey)], held: [held] })
    expect([told.faults, told.notProven[0]]).toEqual([[], expect.stringContaining(`in foreign hands since ${since}`)])
    expect((await verify(after, { keys: [keyOf(old.vkey)] })).faults).toEqual([
      expect.stringContaining('get the new key another way'),
    ])
    const sealed = await verify(id, { keys: [keyOf(old.vkey)], held: [held] })
    expect([sealed.faults, sealed.compromised]).toEqual([[], true])
  })

  it('changes the key of the installation, under which heads go on to be recorded', async () => {
    const { name } = world.server.registry.instance
    await world.server.ledgers.changeInstanceKey({ by: world.owner.accountId, reason, compromised: null })
    expect(world.server.registry.instance.name).toBe(`${name}/2`)
    await grow(world.server, 1)
    const log = await instanceLog(world.server)
    expect([log.origin, log.leaves[0]?.code]).toEqual([`${name}/2`, 'after-rotation'])
    expect(log.leaves.some(({ type }) => type === 'tenant.checkpoint')).toBe(true)
    expect((await verify(await world.draft(), {})).faults).toEqual([])
  })
})
