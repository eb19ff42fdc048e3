import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUp, signIn } from './client.ts'
import { orphansOf, startDoomed } from './doomed.ts'
import type { Doomed } from './doomed.ts'

const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const at = (operation: string) => `/api/tenants/this-installation/${operation.replace('.', '/')}`

interface Runs {
  runs: { runId: string; state: string; connections: number; finished: number }[]
}

describe.skipIf(process.platform !== 'linux')('a run when the server is killed', () => {
  const sites: Server[] = []
  const asked = [0, 0]
  let isSilent = true
  let folder: string
  let doomed: Doomed | undefined

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-killed-run-')))
    for (const which of [0, 1]) {
      const site = createServer((_, response) => {
        asked[which] = (asked[which] ?? 0) + 1
        if (which === 0 || !isSilent) response.writeHead(200).end('<!doctype html><title>x</title>')
      })
      sites.push(site)
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    }
    doomed = await startDoomed(folder, 'home')
    await doomed.reached('done')
    await setUp(doomed.url, doomed.token ?? '', owner)
  }, 120_000)
  afterAll(async () => {
    await doomed?.kill()
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
    for (const site of sites) {
      site.close()
      site.closeAllConnections()
    }
  })

  it('goes on by itself after the next start, and looks at nothing twice', { timeout: 120_000 }, async () => {
    if (!doomed) throw new Error('the server did not start')
    let caller = await signIn(doomed.url, owner)
    const ids: string[] = []
    for (const [n, site] of sites.entries()) {
      const target = `http://localhost:${(site.address() as AddressInfo).port}/`
      const { connections } = await caller.post<{ connections: string[] }>(at('connection.add'), {
        target,
        name: `Site ${n}`,
      })
      ids.push(...connections)
    }
    const { runId } = await caller.post<{ runId: string }>(at('check.run'), { connectionIds: ids })
    const one = async () => (await caller.get<Runs>(at('run.list'))).runs.find((run) => run.runId === runId)
    await expect.poll(one, { timeout: 25_000 }).toMatchObject({ state: 'running', finished: 1 })
    const [quick] = asked
    await doomed.kill()
    expect(await orphansOf(folder)).toEqual([])

    isSilent = false
    doomed = await startDoomed(folder)
    caller = await signIn(doomed.url, owner)
    await expect.poll(one, { timeout: 40_000 }).toMatchObject({ state: 'done', finished: 2 })
    expect(asked[0]).toBe(quick)
    expect(doomed.complaints).toEqual([])
  })
})
