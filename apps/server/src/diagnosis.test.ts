import { expect, it } from 'vitest'
import {
  judgeCertificate,
  judgeClock,
  judgeDisk,
  judgeLog,
  judgeOrder,
  judgePatches,
  judgePermissions,
  judgeQueue,
  judgeServer,
  judgeSupport,
} from './diagnosis.ts'

const now = new Date('2026-11-23T12:00:00Z')
const gib = 1_073_741_824
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000 + 1_000)

it('calls what ends soon a warning and what has ended a failure, and what is not known neither', () => {
  const judge = (support: Parameters<typeof judgeSupport>[2]['support']) =>
    judgeSupport('runtime', 'Node.js', { version: '26.1.0', support, lag: null }).state
  expect(judge({ state: 'supported', until: '2029-04-30', days: 800 })).toBe('ok')
  expect(judge({ state: 'supported', until: '2026-12-30', days: 40 })).toBe('warn')
  expect(judge({ state: 'ended', since: '2026-01-01' })).toBe('fail')
  expect(judge(null)).toBe('unseen')
})

it('gives a patch of PostgreSQL a month', () => {
  const judge = (lag: Parameters<typeof judgePatches>[0]['lag']) =>
    judgePatches({ version: '18.1', support: null, lag }, true).state
  expect(judge({ behind: false })).toBe('ok')
  expect(judge({ behind: true, latest: '18.2', days: 30 })).toBe('warn')
  expect(judge({ behind: true, latest: '18.2', days: 31 })).toBe('fail')
  expect(judge(null)).toBe('unseen')
})

it('wants room by share and by size', () => {
  const judge = (total: number, free: number) => judgeDisk({ total: total * gib, free: free * gib }).state
  expect(judge(100, 50)).toBe('ok')
  expect(judge(100, 9)).toBe('warn')
  expect(judge(10, 1.9)).toBe('warn')
  expect(judge(100, 1.9)).toBe('fail')
  expect(judge(4, 0.4)).toBe('fail')
  expect(judge(0, 0)).toBe('fail')
})

it('trusts no clock that nobody keeps, or that is far from the database', () => {
  const judge = (synchronised: boolean | null, skewMs: number | null) =>
    judgeClock({ synchronised, skewMs, stamp: null }).state
  expect(judge(true, 4_000)).toBe('ok')
  expect(judge(true, -6_000)).toBe('warn')
  expect(judge(true, 61_000)).toBe('fail')
  expect(judge(false, null)).toBe('warn')
  expect(judge(null, null)).toBe('unseen')
})

it('trusts no clock that is far from a time stamp, whoever keeps it', () => {
  const judge = (aheadMs: number) =>
    judgeClock({ synchronised: true, skewMs: null, stamp: { aheadMs, at: new Date('2026-11-23T12:00:30Z') } })
  expect([0, 5_000, -5_000].map((ms) => judge(ms).state)).toEqual(['ok', 'ok', 'ok'])
  expect([6_000, -60_000, 61_000, -315_360_000_000].map((ms) => judge(ms).state)).toEqual([
    'warn',
    'warn',
    'fail',
    'fail',
  ])
  expect(judge(61_000).says).toEqual({
    en: '61 s ahead of the time-stamping authority, at 2026-11-23 12:00 UTC by its clock',
    de: '61 s vor der Zeitstempelstelle, um 2026-11-23 12:00 UTC nach deren Uhr',
  })
  expect(judge(-61_000).says.de).toContain('61 s hinter')
})

it('wants a certificate that fits and lasts three weeks, where art32 speaks TLS', () => {
  const judge = (days: number, fits = true) => judgeCertificate({ validUntil: inDays(days), fits }, true, now).state
  expect([judge(21), judge(20), judge(7), judge(6), judge(-1), judge(90, false)]).toEqual([
    'ok',
    'warn',
    'warn',
    'fail',
    'fail',
    'fail',
  ])
  expect(judgeCertificate(null, true, now).state).toBe('unseen')
  expect(judgeCertificate(null, false, now).state).toBe('ok')
})

it('names what others may read or own', () => {
  expect(judgePermissions({ open: [], foreign: [] }).state).toBe('ok')
  expect(judgePermissions({ open: ['keys/master.key'], foreign: [] })).toMatchObject({ state: 'fail' })
  expect(judgePermissions({ open: [], foreign: ['spool'] }).remedy?.de).toContain('spool')
})

it('tells a server that is away from one that lacks something', () => {
  expect(judgeServer(null, 3232).state).toBe('warn')
  expect(judgeServer({ missing: [], role: 'all' }, 3232).state).toBe('ok')
  expect(judgeServer({ missing: [], role: 'worker' }, 3232).says.en).toBe('it runs as worker and is ready')
  expect(judgeServer({ missing: ['queue'], role: 'web' }, 3232)).toMatchObject({ state: 'fail' })
})

it('looks at the oldest job, not at how many there are', () => {
  const judge = (oldestSeconds: number, failed = 0) => judgeQueue({ waiting: 5_000, oldestSeconds, failed }).state
  expect([judge(600), judge(601), judge(3_601), judge(0, 1)]).toEqual(['ok', 'warn', 'fail', 'warn'])
})

it('says of a certificate that is ordered why the last order failed and when the next one is tried', () => {
  const good = judgeCertificate({ validUntil: inDays(25), fits: true }, true, now)
  const words = { en: 'it was refused', de: 'es wurde abgelehnt' }
  const failure = { says: words, remedy: { en: 'Mend it.', de: 'Beheben.' }, until: inDays(1) }
  expect(judgeOrder(good, { isMakeshift: false, failure: null })).toEqual(good)
  const failed = judgeOrder(good, { isMakeshift: false, failure })
  expect(failed).toMatchObject({ state: 'warn', remedy: { en: 'Mend it.' } })
  expect(failed.says.en).toBe(
    'valid for 25 more days; the last order failed: it was refused; next try 2026-11-24 12:00 UTC',
  )
  expect(judgeOrder(good, { isMakeshift: true, failure })).toMatchObject({ state: 'fail', remedy: { de: 'Beheben.' } })
  expect(judgeOrder(good, { isMakeshift: true, failure: null }).state).toBe('fail')
  const late = judgeCertificate({ validUntil: inDays(3), fits: true }, true, now)
  expect(judgeOrder(late, { isMakeshift: false, failure }).state).toBe('fail')
  expect(judgeOrder(late, { isMakeshift: false, failure: null }).remedy?.en).toContain('by itself')
})

it('warns of a log that a place does not have, and names the place', () => {
  const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  expect(judgeLog([{ until: at(3), problem: null }], now)).toMatchObject({ state: 'ok', remedy: null })
  const judged = judgeLog(
    [
      { until: at(3), problem: null },
      { until: at(40), problem: 'target.away' },
    ],
    now,
  )
  expect(judged.state).toBe('fail')
  expect(judged.says.en).toMatch(/place 2 \(target\.away\)/)
  expect(judgeLog([{ until: null, problem: null }], now).state).toBe('fail')
})
