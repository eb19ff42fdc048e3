import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { adoptedDocument, at, json } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { connect } from '../connection/index.ts'
import { openLog } from '../platform/index.ts'
import { openRetention } from '../privacy/index.ts'
import { signOffOwn } from './index.ts'

let { server, owner, draft, measureOf } = {} as Published
beforeAll(async () => {
  ;({ server, owner, draft, measureOf } = await adoptedDocument())
})
afterAll(() => server.stop())

/** Runs once more. The server catches up by itself when it starts, and only one runs at a time: where it does, this waits. */
const run = async () => {
  const retention = openRetention({
    ...server,
    control: server.databases.control,
    now: () => new Date(),
    log: openLog(
      'error',
      () => new Date(),
      () => undefined,
    ),
    signOff: signOffOwn,
  })
  const asked = new Date()
  await vi.waitFor(async () => {
    await retention.run()
    const ended = (await retention.runs()).filter((one) => one.finished_at !== null && one.started_at >= asked)
    expect(ended.length).toBeGreaterThan(0)
  }, 10_000)
}
const assurance = async () => {
  const { statements } = await json<{ statements: { text: string; measure: { assurance: string } | null }[] }>(
    await owner.get(at('register.show')),
  )
  return statements.find(({ text }) => text.includes('Kornblume'))?.measure?.assurance
}

it("an edition says that art32's own run attests the deletion, and verifies offline", async () => {
  const said = { ...(await measureOf('Kornblume')), catalogueIds: ['retention-deletion'] }
  await json(await owner.post(at('measure.change'), said))
  await json(await owner.post(at('measure.confirm'), await measureOf('Kornblume')))
  await server.databases.control.query(`update tenant set since = since - interval '2 days' where slug = 'alpha'`)
  await run()
  // The document is about something else: what art32 deletes says nothing of it.
  expect(await assurance()).toBe('stated')
  await server.tenants.asSystem('alpha', (tx) => connect(tx, { target: 'self' }, true))
  await run()
  expect(await assurance()).toBe('attested')

  const editionId = await draft()
  const file = async (format: string) =>
    await owner.get(`${at('edition.file')}?editionId=${editionId}&format=${format}`)
  const edition = await (await file('json')).text()
  expect(edition).toContain('"kind":"sign-off"')
  expect(edition).toContain('"by":"art32"')
  const folder = await mkdtemp(path.join(tmpdir(), 'art32-own-edition-'))
  try {
    await writeFile(path.join(folder, 'bundle.zip'), new Uint8Array(await (await file('bundle')).arrayBuffer()))
    const verifier = path.resolve('apps/server/verifier/art32-verify.mjs')
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, path.join(folder, 'bundle.zip')])
    expect(stdout).toContain('attested')
  } finally {
    await rm(folder, { recursive: true })
  }
})
