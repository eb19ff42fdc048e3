import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from '@art32/server'
import type { Server } from '@art32/server'
import { issue } from './testing/servers.ts'
import { runHere } from './testing/terminal.ts'

interface Thing {
  readonly id: string
  readonly state: string
  readonly says: { readonly en: string; readonly de: string }
  readonly remedy: { readonly en: string; readonly de: string } | null
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-doctor-')))
const examine = async (environment: Record<string, string>, ...more: string[]) => {
  const ran = await runHere(['doctor', '--json', ...more], { environment })
  const { things } = JSON.parse(ran.out) as { things: Thing[] }
  return { exit: ran.exit, of: (id: string) => things.find((one) => one.id === id), things }
}

describe('an installation that runs', () => {
  let server: Server
  let environment: Record<string, string>
  beforeAll(async () => {
    const data = folder
    const { certificate, key } = issue({ name: 'localhost', days: 5 })
    writeFileSync(join(folder, 'c.pem'), certificate)
    writeFileSync(join(folder, 'k.pem'), key, { mode: 0o600 })
    const tls = {
      ART32_TLS_CERTIFICATE: join(folder, 'c.pem'),
      ART32_TLS_KEY: join(folder, 'k.pem'),
      ART32_TLS_PORT: '0',
    }
    environment = { ART32_DATA: data, ART32_LOG: 'error', ...tls }
    server = await startServer(readConfig({ ...environment, ART32_PORT: '0' }), {
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
    environment['ART32_PORT'] = new URL(server.local).port
  }, 120_000)
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is looked at from beside it, with its own database and its queue', async () => {
    const { of, things, exit } = await examine(environment)
    expect(things).toHaveLength(10)
    expect(of('server')).toMatchObject({ state: 'ok' })
    expect(of('queue')?.says.en).toMatch(/^\d+ jobs wait/)
    expect(of('runtime')?.says.en).toContain(process.versions.node)
    expect(of('database')?.says.en).toMatch(/PostgreSQL \d+\.\d+/)
    expect(of('permissions')).toMatchObject({ state: 'ok', remedy: null })
    expect(['ok', 'warn', 'fail']).toContain(of('disk')?.state)
    // The certificate ends within a week.
    expect(of('certificate')).toMatchObject({ state: 'fail' })
    expect(exit).toBe(1)
  })

  it('with a key that others may read is told so, and what to do', async () => {
    const key = join(folder, 'keys/master.key')
    chmodSync(key, 0o644)
    try {
      const { of } = await examine(environment)
      expect(of('permissions')).toMatchObject({ state: 'fail' })
      expect(of('permissions')?.remedy?.en).toContain('keys/master.key')
    } finally {
      chmodSync(key, 0o600)
    }
  })

  it('is told what its jobs wait for', async () => {
    await server.databases.control.query(
      `update pgboss.job set state = 'failed', completed_on = now() where id = (select id from pgboss.job limit 1)`,
    )
    const { of } = await examine(environment)
    expect(of('queue')).toMatchObject({ state: 'warn' })
    expect(of('queue')?.says.de).toContain('gescheitert')
  })

  it('is told that its clock is wrong, by the time stamp that it got last', async () => {
    const stamp = async (aheadMs: number | null) =>
      server.databases.control.query(
        `insert into time_stamp (size, note, token, root, authority, stamped_at, received_at, ahead_ms)
         select coalesce(max(size), 0) + 1, '', '', '', 'Example TSA', now(), now(), $1 from time_stamp`,
        [aheadMs],
      )
    const usual = (await examine(environment)).of('clock')
    await stamp(null)
    expect((await examine(environment)).of('clock')).toEqual(usual)
    await stamp(-90_000)
    const { of } = await examine(environment)
    expect(of('clock')).toMatchObject({ state: 'fail' })
    expect(of('clock')?.says.en).toContain('90 s behind the time-stamping authority')
    await stamp(0)
    expect((await examine(environment)).of('clock')).toEqual(usual)
  })

  it('that is down is looked at all the same, and nobody says that it is well', async () => {
    await server.stop()
    const { of } = await examine(environment)
    expect(of('server')).toMatchObject({ state: 'warn' })
    expect(of('queue')).toMatchObject({ state: 'unseen' })
    expect(of('database')?.says.en).toMatch(/PostgreSQL \d+\.\d+/)
    expect(of('permissions')).toMatchObject({ state: 'ok' })
  })
})

describe('what cannot be looked at', () => {
  it('is named as that, and counts where it is asked for', async () => {
    const nowhere = {
      ART32_DATA: join(tmpdir(), 'art32-nowhere'),
      ART32_DATABASE_URL: 'postgres://art32:canary-secret@127.0.0.1:1/x',
      ART32_PORT: '1',
    }
    const { of, exit, things } = await examine(nowhere)
    for (const id of ['database', 'patches', 'queue', 'disk', 'permissions'])
      expect(of(id)).toMatchObject({ state: 'unseen' })
    expect(JSON.stringify(things)).not.toContain('canary-secret')
    expect(exit).toBe(0)
    expect((await examine(nowhere, '--strict')).exit).toBe(1)
  })

  it('is refused where the settings are wrong', async () => {
    const ran = await runHere(['doctor'], { environment: { ART32_PORT: 'x' } })
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain('ART32_PORT')
  })

  it('is said in German, too', async () => {
    const ran = await runHere(['doctor', '--language', 'de'], {
      environment: { ART32_DATA: join(tmpdir(), 'art32-nowhere'), ART32_PORT: '1' },
    })
    expect(ran.out).toContain('nicht gesehen')
    expect(ran.out).toContain('Warteschlange')
  })
})
