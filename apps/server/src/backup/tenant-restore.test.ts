import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { grow, tenantLog } from '../../../../scripts/testing/logs.ts'
import { quiet } from '../../../../scripts/testing/quiet.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { homeSlug, newBackupKey, tenantPart } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-tenant-'))
const place = join(folder, 'place')
let server: TestServer
let operator: Person
let owner: Person
let part: Uint8Array
let betaBefore: string

const post = async (path: string) => {
  const response = await operator.upload(`/api/backup/restore_tenant?name=part&${path}`, part)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const bytesOf = async (slug: string) => {
  const { tenant } = await server.registry.open(slug)
  const { user } = await server.registry.loginOf(tenant.id)
  const copy = await server.databases.copyOut(user)
  try {
    const all = []
    for (const table of copy.tables) all.push(`${table.name} ${(await buffer(copy.rows(table))).toString('utf8')}`)
    return all.join('\n')
  } finally {
    await copy.end()
  }
}

beforeAll(async () => {
  mkdirSync(place)
  const { identity, recipient } = await newBackupKey()
  server = await startTestServer({
    ART32_DATA: join(folder, 'data'),
    ART32_BACKUP_RECIPIENTS: recipient,
    ART32_BACKUP_TARGET: place,
  })
  for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await server.addPerson('other@example.com', 'beta', 'owner')
  await grow(server, 3)
  await server.backups.make()
  const { publicId } = (await server.registry.open('alpha')).tenant
  part = await buffer(
    tenantPart({ from: place, key: { id: null, secret: null }, identities: [identity] }, publicId, folder),
  )
  await quiet(server)
  betaBefore = await bytesOf('beta')
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('puts a tenant back in its place, and the ledger says what was lost', async () => {
  const before = await tenantLog(server)
  await grow(server, 2)
  const lost = await tenantLog(server)
  expect(await post('slug=alpha')).toMatchObject({ status: 200, body: { slug: 'alpha' } })
  const after = await tenantLog(server)
  expect([after.origin, after.leaves[0]?.type]).toEqual([`${before.origin}/2`, 'log.continued'])
  expect(after.leaves.filter(({ type }) => type === 'log.lost').map(({ head }) => head?.size)).toContain(lost.size)
  expect((await owner.get('/api/tenants/alpha/ledger/show')).status).toBe(200)
})

it('puts a copy beside it, which is a tenant of its own', async () => {
  expect(await post('slug=alpha&as=alpha-then')).toMatchObject({ status: 200, body: { slug: 'alpha-then' } })
  const slugs = (await server.registry.list()).map(({ slug }) => slug)
  expect(slugs).toEqual(expect.arrayContaining(['alpha', 'alpha-then']))
  expect((await operator.get('/api/tenants/alpha-then/ledger/show')).status).toBe(200)
})

it('leaves the bytes of the others as they were', async () => {
  expect(await bytesOf('beta')).toBe(betaBefore)
})

it('refuses the part of another tenant, a damaged one, and whoever does not run the installation', async () => {
  expect(await post('slug=beta')).toMatchObject({ status: 422, body: { code: 'backup.wrong_key' } })
  const whole = part
  part = whole.slice(0, -40)
  expect(await post('slug=alpha')).toMatchObject({ status: 422, body: { code: 'backup.damaged' } })
  part = whole
  const refused = await owner.upload('/api/backup/restore_tenant?name=part&slug=alpha', part)
  expect(await refused.json()).toMatchObject({ code: 'access.not_operator' })
})

it('opens no backup of a tenant that was deleted', async () => {
  const { tenant } = await server.registry.open('alpha')
  expect(await server.registry.backupKeyOf(tenant.id)).toMatch(/^AGE-SECRET-KEY-/)
  await server.registry.startClosing(tenant.id, operator.accountId)
  const [closing] = await server.registry.listClosing()
  if (closing) await server.registry.destroy(closing)
  expect(await server.registry.backupKeyOf(tenant.id)).toBeUndefined()
  await server.backups.make()
  expect(await post('slug=alpha')).toMatchObject({ status: 404 })
})
