import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { forgePart, withTrueTotals } from '../../../../scripts/testing/forged-backup.ts'
import type { Parts } from '../../../../scripts/testing/forged-backup.ts'
import { grow } from '../../../../scripts/testing/logs.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { drillElsewhere, newBackupKey, readConfig } from '../main.ts'
import { connectExternal } from '../platform/index.ts'
import { templatePrefix } from '../platform/postgres/testing/control.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-drill-'))
const dataFolder = join(folder, 'home')
const place = join(folder, 'place')
const made = new Date()
let now = made
let server: TestServer
let sets: string
let key: { identity: string; recipient: string }

beforeAll(async () => {
  mkdirSync(place)
  key = await newBackupKey()
  server = await startTestServer(
    {
      ART32_DATA: dataFolder,
      ART32_BACKUP_RECIPIENTS: key.recipient,
      ART32_BACKUP_TARGET: place,
    },
    { clock: { now: () => now } },
  )
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await grow(server, 5)
  await server.backups.make()
  sets = join(place, server.registry.installationId, 'sets')
  cpSync(place, `${place}-whole`, { recursive: true })
})
afterEach(() => {
  now = made
  rmSync(place, { recursive: true, force: true })
  cpSync(`${place}-whole`, place, { recursive: true })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const forge = (slug: string | null, change: (parts: Parts) => Parts) =>
  forgePart({ server, dataFolder, set: join(sets, readdirSync(sets)[0] ?? ''), recipient: key.recipient, slug }, change)
const codesOf = (findings: readonly { code: string }[] | undefined) => findings?.map(({ code }) => code)
const found = async () => codesOf((await server.backups.drill())[0]?.findings)
/** A drill with no notes of its own: on another machine, with the key that was kept. */
const drillAway = async (identity: string) =>
  await drillElsewhere(
    readConfig({ ART32_DATA: dataFolder }),
    { from: place, key: { id: null, secret: null }, identities: [identity] },
    { postgres: await connectExternal(inject('databaseUrl')), prefix: `t${process.pid}drill`, templatePrefix },
  )

/** The same rows, but for one word or one digit of the entries of the ledger. */
const withEntries = (rows: Parts['rows'], from: RegExp, to: string) =>
  new Map(rows).set('log_entry', (rows.get('log_entry') ?? '').replace(from, to))

describe('a drill notices in a backup whose seals and signatures all hold', () => {
  const withoutTable = ({ head, rows }: Parts) =>
    withTrueTotals({ head: { ...head, tables: head.tables.filter(({ name }) => name !== 'statement') }, rows })
  const emptied = ({ head }: Parts) => withTrueTotals({ head, rows: new Map() })
  const changedRow = ({ head, rows, totals }: Parts) => ({
    head,
    totals,
    rows: withEntries(rows, /tenant\.changed/, 'tenant.chanced'),
  })
  const changedLeaf = ({ head, rows }: Parts) =>
    withTrueTotals({ head, rows: withEntries(rows, /(?<=\\x[0-9a-f]+)[0-9a-f](?=\t)/, 'f') })

  it.each<[string, string | null, (parts: Parts) => Parts, string[]]>([
    ['a table that is missing', 'alpha', withoutTable, ['tables-missing']],
    [
      'a copy that is empty',
      'alpha',
      emptied,
      ['ledger-shorter', 'no-ledger', 'does-not-answer', 'differs-from-noted'],
    ],
    ['an empty control database', null, emptied, ['empty']],
    ['a row that changed', 'alpha', changedRow, ['hash-differs']],
    ['a ledger whose entries do not give its root', 'alpha', changedLeaf, ['ledger-root-differs']],
  ])('%s', async (_, slug, change, expected) => {
    await forge(slug, change)
    expect(await found()).toEqual(expected)
    expect((await server.backups.state()).alerts.map(({ code }) => code)).toContain('drill-failed')
  })

  it('an empty copy also where nobody noted what was in it', async () => {
    await forge('alpha', emptied)
    expect(codesOf((await drillAway(key.identity)).findings)).toEqual([
      'ledger-shorter',
      'no-ledger',
      'does-not-answer',
    ])
  })

  it('nothing where nothing was changed', async () => {
    await forge('alpha', (parts) => withTrueTotals(parts))
    expect(await found()).toEqual([])
  })
})

describe('a drill notices', () => {
  it('another key than the one that it was sealed to', async () => {
    const { identity } = await newBackupKey()
    expect((await drillAway(identity)).findings).toEqual([{ code: 'wrong_key', tenant: null }])
  })

  it('a newest backup that is too old, though all of it is whole', async () => {
    now = new Date(made.getTime() + 51 * 3_600_000)
    const [result] = await server.backups.drill()
    expect(result).toMatchObject({ findings: [{ code: 'old', tenant: null }], databases: 2 })
    expect((await server.backups.state()).alerts.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['late', 'drill-failed']),
    )
  })
})
