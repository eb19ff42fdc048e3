import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drillPush, newDrillSigner } from '../../../../scripts/testing/drill.ts'
import { at, json } from '../../../../scripts/testing/published.ts'
import type { Line } from '../../../../scripts/testing/published.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const document = Buffer.from('Measures\n\nAvailability\n- Restores of backups are tested every three months.\n')
  const read = await json<{ document: { id: string } }>(
    await owner.upload(`${at('document.read')}?name=tom.txt`, document),
  )
  await json(await owner.post(at('document.adopt'), { documentId: read.document.id }))
  const { statements } = await json<{ statements: Line[] }>(await owner.get(at('register.show')))
  for (const { measure } of statements)
    if (measure)
      await json(await owner.post(at('measure.confirm'), { measureId: measure.id, revision: measure.revision }))
})
afterAll(() => server.stop())

it('an edition says which drill was signed and by whom, which was not, and verifies', async () => {
  const signer = newDrillSigner('shop-nightly')
  for (const drill of ['signed', 'bare'])
    await json(await owner.post(at('connection.add'), { connector: 'drill', settings: { drill }, name: drill }))
  await json(await owner.post(at('drill.key_add'), { drill: 'signed', publicKey: signer.key }))
  const here = { server: new URL(server.url).origin, tenant: 'alpha' }
  await json(await owner.post(at('drill.push'), signer.sign(drillPush('signed'), here)))
  await json(await owner.post(at('drill.push'), drillPush('bare')))
  const { id } = await json<{ id: string }>(await owner.post(at('edition.draft'), {}))
  const file = async (format: string) => await owner.get(`${at('edition.file')}?editionId=${id}&format=${format}`)
  const text = await (await file('json')).text()
  const name = signer.key.split('+').slice(0, 2).join('+')
  const edition = JSON.parse(text) as {
    sections: { blocks: { parts?: { backing: { check: string; system: string; signedBy?: string | null }[] }[] }[] }[]
  }
  const proofs = edition.sections
    .flatMap(({ blocks }) => blocks.flatMap(({ parts = [] }) => parts.flatMap(({ backing }) => backing)))
    .filter(({ check }) => check === 'backup.restore-proven')
  expect(new Map(proofs.map(({ system, signedBy }) => [system, signedBy]))).toEqual(
    new Map([
      ['signed', name],
      ['bare', null],
    ]),
  )
  expect(await (await file('md')).text()).toContain(`evidence signed by ${name}`)
  await verifies(new Uint8Array(await (await file('bundle')).arrayBuffer()))
})

/** By the program that stands in each bundle, with nothing but the bundle. */
async function verifies(bundle: Uint8Array): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'art32-drill-'))
  try {
    await writeFile(path.join(folder, 'bundle.zip'), bundle)
    const verifier = path.resolve('apps/server/verifier/art32-verify.mjs')
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, path.join(folder, 'bundle.zip')])
    expect(stdout).toContain('1 verified')
  } finally {
    await rm(folder, { recursive: true })
  }
}
