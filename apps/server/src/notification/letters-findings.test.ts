import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LeafType } from '@art32/ledger'
import { atAlpha, letterAddress, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'

let world: LetterWorld
beforeAll(async () => {
  world = await startLetterWorld()
})
afterAll(() => world.stop())
afterEach(() => world.clear())

/** A finding with an owner; what is appended is about it. */
async function happens(events: readonly (readonly [LeafType, string])[], owner: string | null = null): Promise<void> {
  await world.server.tenants.asSystem('alpha', async ({ sql, append, newId, now }) => {
    const [id, system] = [newId(), randomUUID()]
    await sql.query(
      `insert into system (id, name, kind, environment, created_at) values ($1::uuid, $1::uuid::text, 'tls', 'production', $2)`,
      [system, now],
    )
    await sql.query(
      `insert into finding (id, key, check_id, system_id, subject, severity, say, owner, opened_at, seen_at)
       values ($1::uuid, $1::uuid::text, 'tls.protocols', $2, '1.0', 'high', '{"en": "x", "de": "x"}', $3, $4, $4)`,
      [id, system, owner, now],
    )
    for (const [type, code] of events) await append({ type, about: { kind: 'finding', id }, code })
  })
}

/** Who waits to be told of what, and how soon. */
async function told(): Promise<string[]> {
  const { rows } = await world.server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ account_id: string; kind: string; rhythm: string }>(
      'select account_id, kind, rhythm from notification_item',
    ),
  )
  const names = new Map([
    [world.owner.accountId, 'owner'],
    [world.editor.accountId, 'editor'],
    [world.member.accountId, 'member'],
  ])
  return rows.map(({ account_id: id, kind, rhythm }) => `${names.get(id)} ${rhythm} ${kind}`).toSorted()
}

describe('of findings and exceptions people are told', () => {
  // First: each job that waits is worked off in a second.
  it('in their language, with counts and a link to the findings', async () => {
    await world.choose(world.owner, { 'exception.ending': 'now', 'exception.expired': 'now' }, { language: 'en' })
    await world.choose(world.editor, { 'exception.ending': 'now', 'exception.expired': 'now' })
    const shown = await (await world.owner.get(atAlpha('notification.show'))).json()
    expect(shown).toMatchObject({ choices: expect.arrayContaining([{ kind: 'exception.ending', rhythm: 'now' }]) })
    await happens([
      ['exception.reminded', 'soon'],
      ['exception.reminded', 'today'],
      ['exception.expired', 'high'],
    ])
    await world.due()
    await vi.waitFor(() => expect(world.received).toHaveLength(2), { timeout: 8_000 })
    const english = world.received.find(({ to }) => to === 'owner@example.com')?.raw
    expect(english).toContain('2 exceptions end soon (1 today, 1 within 14 days)')
    expect(english).toContain('1 exception over, its finding is open again (1 high)')
    expect(english).toContain(`${letterAddress}/t/alpha/findings`)
    const german = world.received.find(({ to }) => to === 'editor@example.com')?.raw
    expect(german).toContain('2 Ausnahmen enden bald (1 heute, 1 binnen 14 Tagen)')
    expect(german).toContain('1 Ausnahme beendet, ihre Feststellung ist wieder offen (1 hoch)')
  })

  it('what is mended weekly, and what ends daily, where they must act', async () => {
    await happens([
      ['finding.closed', 'mended'],
      ['exception.reminded', 'soon'],
      ['exception.expired', 'high'],
    ])
    expect(await told()).toEqual([
      'editor daily exception.ending',
      'editor daily exception.expired',
      'editor weekly finding.closed',
      'owner daily exception.ending',
      'owner daily exception.expired',
      'owner weekly finding.closed',
    ])
  })

  it('nothing of what an exception covers, nor of one that ends where nothing fails any more', async () => {
    await happens([
      ['finding.opened', 'excepted'],
      ['finding.reopened', 'excepted'],
      ['exception.expired', 'mended'],
      ['exception.declared', 'high'],
    ])
    expect(await told()).toEqual([])
  })

  it.each(['MEMBER@example.com', 'Member'])('daily what they are named for, whatever their role: %s', async (name) => {
    await happens([['finding.reopened', 'high']], name)
    expect(await told()).toEqual([
      'editor weekly finding.opened',
      'member daily finding.opened',
      'owner weekly finding.opened',
    ])
  })

  it('what they chose, also where they are named', async () => {
    await world.choose(world.member, { 'finding.opened': 'never' })
    await happens([['finding.opened', 'high']], 'member@example.com')
    expect(await told()).not.toContain('member daily finding.opened')
  })
})
