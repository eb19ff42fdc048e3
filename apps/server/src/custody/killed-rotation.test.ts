import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { readConfig, startServer } from '../main.ts'
import { openMasterKey } from '../platform/master-key.ts'
import { connectExternal, open } from '../platform/index.ts'

it('a change of both keys that was killed in its middle is finished by the next start, and sessions go on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-killed-'))
  const file = join(folder, 'keys', 'master.key')
  const postgres = await connectExternal(inject('databaseUrl'))
  const prefix = `k${process.pid}x${Date.now().toString(36)}`
  const start = () =>
    startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      postgres,
      prefix,
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
  try {
    const first = await start()
    const { id } = await first.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const secret = first.registry.sessionSecret
    // As far as a kill may come: the new keys are kept, and nothing lies under them yet.
    await first.registry.startRotation(id, id)
    await first.stop()
    const old = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    await (await openMasterKey({ kind: 'file' }, file)).begin()
    expect(existsSync(`${file}.next`)).toBe(true)

    const second = await start()
    expect(second.registry.sessionSecret).toBe(secret)
    expect([existsSync(`${file}.next`), await second.registry.listRotating()]).toEqual([false, []])
    expect(await second.tenants.asSystem('alpha', ({ tenant }) => Promise.resolve(tenant.id))).toBe(id)
    const { rows } = await second.databases.control.query<{ data_key: Buffer }>('select data_key from tenant')
    expect(() => open(old, `tenant:${id}/data_key`, rows[0]?.data_key ?? Buffer.alloc(0))).toThrow('does not open')
    await second.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
