import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, it, vi } from 'vitest'
import { makeFolders, readPublished, startPortal } from '../../../../scripts/testing/portal.ts'
import type { Portal } from '../../../../scripts/testing/portal.ts'
import { cloneControl, dropInstallation, templatePrefix } from '../platform/postgres/testing/control.ts'
import { readConfig, startServer } from '../main.ts'
import { connectExternal } from '../platform/index.ts'

const program = fileURLToPath(new URL('../../../../scripts/testing/serve.process.ts', import.meta.url))
const slug = 'this-installation'
let networks = 0

/** Posts a report. @returns whether somebody was told that it is kept */
async function post(portal: Portal, title: string): Promise<boolean> {
  try {
    const answer = await portal.ask(`/trust/${slug}/report?language=en`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': `198.51.100.${networks++ % 250}`,
      },
      body: new URLSearchParams({ title, description: 'How.' }).toString(),
    })
    return answer.status === 200
  } catch {
    // It was killed.
    return false
  }
}

it('what a portal said it has arrives once, however often portal and server are killed', async () => {
  const folders = await makeFolders()
  const data = mkdtempSync(join(tmpdir(), 'art32-portal-killed-'))
  const postgres = await connectExternal(inject('databaseUrl'))
  const prefix = `q${process.pid}x${Date.now().toString(36)}`
  await cloneControl(postgres, prefix)
  const start = () =>
    startServer(readConfig({ ART32_DATA: data, ART32_PORT: '0', ART32_LOG: 'error', ...folders.environment }), {
      postgres,
      prefix,
      templatePrefix,
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
  const waiting = async () => (await readdir(folders.intake).catch(() => [])).filter((name) => name.endsWith('.age'))
  try {
    const first = await start()
    await first.registry.create({ name: 'This installation', slug, language: 'en' })
    await vi.waitFor(async () => expect((await readPublished(folders.published)).tenants[slug]).toBeDefined(), 20_000)
    await first.stop()

    const told: string[] = []
    for (let round = 0; round < 2; round++) {
      const portal = await startPortal(folders, { ART32_TRUSTED_PROXIES: '127.0.0.1,::1' })
      const posting = Array.from({ length: 30 }, async (_, i) => {
        const title = `Report ${round}-${i}`
        if (await post(portal, title)) told.push(title)
      })
      // In the middle of it.
      await Promise.race(posting)
      await portal.kill()
      await Promise.all(posting)
    }
    expect(told.length).toBeGreaterThan(0)
    const before = (await waiting()).length
    expect(before).toBeGreaterThanOrEqual(told.length)

    const child = spawn(process.execPath, [program, inject('databaseUrl'), data, prefix], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...folders.environment },
    })
    const isOver = once(child, 'exit')
    while ((await waiting()).length === before) await new Promise((resolve) => setTimeout(resolve, 1))
    child.kill('SIGKILL')
    await isOver

    const last = await start()
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 20_000, interval: 50 })
    const { rows } = await last.tenants.asSystem(slug, (tx) =>
      tx.sql.query<{ title: string }>('select title from report'),
    )
    const titles = rows.map(({ title }) => title)
    expect(titles).toHaveLength(before)
    expect(new Set(titles).size).toBe(before)
    expect(told.filter((title) => !titles.includes(title))).toEqual([])
    await last.stop()
  } finally {
    await dropInstallation(postgres, prefix)
    rmSync(data, { recursive: true, force: true })
    await folders.remove()
  }
})
