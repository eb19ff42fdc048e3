import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { atAlpha, startLetterWorld } from '../../../../scripts/testing/letters.ts'
import type { LetterWorld } from '../../../../scripts/testing/letters.ts'
import { kindOf } from './kind.ts'
import { phrases } from './phrases.ts'

let world: LetterWorld
beforeAll(async () => {
  world = await startLetterWorld()
})
afterAll(() => world.stop())

it('of a guideline only those are told who have not accepted it', async () => {
  const [guidelineId, versionId] = [randomUUID(), randomUUID()]
  await world.server.tenants.asSystem('alpha', async ({ sql, now }) => {
    await sql.query(
      `insert into guideline (id, title, body, language, measures, review_months, revision, written_at)
       values ($1, 'Rules', 'Close the windows.', 'en', '{}', 12, 1, $2)`,
      [guidelineId, now],
    )
    await sql.query(
      `insert into guideline_version (id, guideline_id, number, title, body, measures, review_months, approved_role, alone,
         approved_at, effective_from, review_due, commitment)
       values ($1, $2, 1, 'Rules', 'Close the windows.', '{}', 12, 'owner', false, $3::timestamptz, ($3::timestamptz)::date, ($3::timestamptz)::date + 365, '')`,
      [versionId, guidelineId, now],
    )
  })
  const accepted = await world.editor.post(atAlpha('guideline.accept'), { versionId })
  expect(accepted.status).toBe(200)
  await world.server.tenants.asSystem('alpha', ({ append }) =>
    append({ type: 'guideline.reminded', about: { kind: 'guideline', id: guidelineId }, code: 'accept', by: 'system' }),
  )
  const { rows } = await world.server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ account_id: string; kind: string; rhythm: string }>(
      `select account_id, kind, rhythm from notification_item where kind = 'guideline.accept'`,
    ),
  )
  const told = rows.map(({ account_id: id }) => id)
  expect(told).toContain(world.owner.accountId)
  expect(told).toContain(world.member.accountId)
  expect(told).not.toContain(world.editor.accountId)
  expect(rows.every(({ rhythm }) => rhythm === 'daily')).toBe(true)
})

it('of a review those who may approve, with how near it is', () => {
  const about = { kind: 'guideline', id: randomUUID() }
  expect(kindOf({ type: 'guideline.reminded', about, code: 'soon' })).toBe('guideline.review')
  expect(phrases.en.line('guideline.review', ['overdue', 'soon'])).toBe(
    '2 guidelines to review (1 overdue, 1 within 14 days)',
  )
  expect(phrases.de.line('guideline.accept', ['accept'])).toBe('1 Richtlinie zu lesen und anzunehmen')
})
