import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const upload = async (text: string, query = '') => {
  const answer = await owner.upload(`/api/tenants/alpha/computer/import${query}`, Buffer.from(text))
  const body = (await answer.json()) as Readonly<Record<string, unknown>>
  return { ...body, status: answer.status, refused: body['refused'] }
}
const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString()
const device = (id: string, isEncrypted: boolean, lastSyncDateTime = hourAgo()) => ({
  id,
  operatingSystem: 'Windows',
  osVersion: '10.0.26200.1',
  isEncrypted,
  lastSyncDateTime,
})

it('judges each computer of an export, and says of each other one what it lacks', async () => {
  const value = [
    device('one', true),
    device('two', false),
    { ...device('three', true), lastSyncDateTime: 'yesterday' },
    device('four', true, new Date(Date.now() - 30 * 86_400_000).toISOString()),
  ]
  const done = await upload(JSON.stringify({ value }))
  expect(done).toMatchObject({ status: 200, source: 'intune', taken: 2, isNew: 2 })
  expect(done.refused).toMatchObject([
    { place: { en: 'entry 3', de: 'Eintrag 3' }, problem: { en: 'It lacks Last check-in as a time.' } },
    { place: { en: 'entry 4' }, problem: { de: expect.stringContaining('30 Tage alt') as unknown } },
  ])
  const { computers } = (await (await owner.get('/api/tenants/alpha/computer/list')).json()) as {
    computers: { counts: Record<string, number> }[]
  }
  const fails = computers.map(({ counts }) => counts['fail'] ?? 0)
  expect(fails.toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await upload(JSON.stringify({ value: [device('one', true, new Date().toISOString())] }))).toMatchObject({
    taken: 1,
    isNew: 0,
  })
})

it('takes the time of the export for a report without one, and the same file only once', async () => {
  const report = 'Device name,OS,OS version,Encryption status\nNB-1,Windows,10.0.26200.1,Encrypted\n'
  expect(await upload(report)).toMatchObject({ taken: 0, refused: [{ problem: { en: 'It lacks Last check-in.' } }] })
  const query = `?exportedAt=${hourAgo()}`
  expect(await upload(report, query)).toMatchObject({ taken: 1, refused: [] })
  expect(await upload(report, query)).toMatchObject({ taken: 0, refused: [{ place: { de: 'Zeile 2' } }] })
})

it('refuses what is no export, with the place and without what stands there', async () => {
  expect(await upload('name,password\nx,hunter2secret\n')).toMatchObject({ status: 422, code: 'computer.unreadable' })
  expect(JSON.stringify(await upload('{"a": "hunter2secret'))).not.toContain('hunter2secret')
})

it.runIf(platform() === 'linux')(
  'is fed by the collector that it hands out, with a token that may only send',
  async () => {
    const made = await owner.post('/api/token/create', {
      tenant: 'alpha',
      name: 'laptops',
      permissions: ['facts:push'],
    })
    const { token } = (await made.json()) as { token: string }
    const answer = await owner.get('/api/tenants/alpha/computer/collector?file=collect-host.sh')
    const text = await answer.text()
    expect(text).toContain(server.url)
    expect(text).not.toMatch(/art32_[0-9A-Za-z]{38}/)
    const file = join(tmpdir(), `art32-handed-out-${process.pid}.sh`)
    // The test reaches it by its number instead of its name.
    await writeFile(file, text.replace(server.url, server.local))
    const { stderr } = await promisify(execFile)('/bin/sh', [file, '--push', '--label', 'NB-018'], {
      env: { ART32_TOKEN: token },
    })
    expect(stderr).toBe('collect-host.sh: sent\n')
    const { computers } = (await (await owner.get('/api/tenants/alpha/computer/list')).json()) as {
      computers: { name: string; last: { collector: string } }[]
    }
    expect(computers.find(({ name }) => name === 'NB-018')?.last.collector).toBe('collect-host.sh 1')
  },
)
