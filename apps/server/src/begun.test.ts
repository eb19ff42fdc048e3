import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from './main.ts'
import { beginPostgres } from './platform/ahead.ts'
import { postgresProcesses } from './platform/postgres/processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-ahead-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const environment = { ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }

describe('a database server that is begun before the rest of art32', () => {
  it('is none where another one is set, and where the settings are refused', async () => {
    expect(await beginPostgres({ ...environment, ART32_DATABASE_URL: 'postgresql://db.example/art32' })).toBeUndefined()
    expect(await beginPostgres({ ...environment, ART32_PORT: 'none' })).toBeUndefined()
  })

  it('ends when the start is refused, and with the server', async () => {
    writeFileSync(join(folder, 'short.key'), 'too short')
    const wrong = { ...environment, ART32_MASTER_KEY_FILE: join(folder, 'short.key') }
    const refused = await beginPostgres(wrong)
    await expect(startServer(readConfig(wrong), { begun: refused })).rejects.toMatchObject({
      code: expect.stringContaining('master_key'),
    })
    const first = await refused?.server
    expect(first).toHaveProperty('socketFolder')

    // The folder is free again.
    const begun = await beginPostgres(environment)
    const server = await startServer(readConfig(environment), { begun })
    await server.stop()
    const second = await begun?.server
    const pids = [first, second].map((one) => (one !== undefined && 'pid' in one ? one.pid : 0))
    expect(postgresProcesses('art32-').filter(({ pid }) => pids.includes(pid))).toEqual([])
  })
})
