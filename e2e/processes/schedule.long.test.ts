import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInstallation } from './installation.ts'
import type { Installation } from './installation.ts'

describe.skipIf(process.platform !== 'linux')('schedules of two processes that work', () => {
  let all: Installation
  beforeAll(async () => {
    all = await startInstallation({ workers: 2 })
  }, 180_000)
  afterAll(() => all.stop())

  const control = (text: string) => all.server.databases.control.query<Record<string, unknown>>(text)

  it('are due once, however many keep them', { timeout: 300_000 }, async () => {
    const { rows } = await control('select name from pgboss.schedule order by name')
    expect(rows.length).toBeGreaterThan(5)
    await control(`update pgboss.schedule set cron = '* * * * *' where name = 'site.looks'`)
    const times = async () =>
      (
        await control(
          `select date_trunc('minute', created_on) as minute, count(*)::int as n from pgboss.job
           where name = 'site.looks' group by 1 order by 1`,
        )
      ).rows
    await expect
      .poll(async () => (await times()).length, { timeout: 240_000, interval: 1_000 })
      .toBeGreaterThanOrEqual(2)
    expect((await times()).map(({ n }) => n)).toEqual((await times()).map(() => 1))
  })
})
