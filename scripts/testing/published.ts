import { unzipSync } from 'fflate'
import type { StartOptions } from '../../apps/server/src/main.ts'
import { startTestServer } from './server.ts'
import type { Person, TestServer } from './server.ts'

/** A statement that would do harm where it is not escaped. */
export const hostile = `All network communication uses TLS 1.2 or newer <script>alert(1)</script><img src=x onerror=alert(2)> "' style="x" javascript:alert(3).`
const document = new TextEncoder().encode(
  [
    'Technical and organisational measures',
    '',
    'Confidentiality',
    `- ${hostile}`,
    '- Administrators of the plant Heliotrope use multi-factor authentication.',
    '- Visitors of the plant Kornblume are escorted at all times.',
    '- Backups of the plant Mauerpfeffer are made daily.',
    '- Passwords have at least 12 characters.',
  ].join('\n'),
)

/** Words of the lines that the public must not see: for customers, for auditors, and set aside. */
export const withheldWords = ['Heliotrope', 'Kornblume', 'Mauerpfeffer']

/** A statement of the register. */
export interface Line {
  readonly text: string
  readonly measure: { readonly id: string; readonly revision: number } | null
}

/** The address of an operation in the tenant of the tests. */
export const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

/** A tenant with one published edition, some of whose lines are not for the public, and its people. */
export interface Published {
  readonly server: TestServer
  readonly owner: Person
  readonly editor: Person
  /** Id of the published edition. */
  readonly published: string
  readonly measureOf: (word: string) => Promise<{ measureId: string; revision: number }>
  readonly draft: () => Promise<string>
  readonly bundleOf: (editionId: string) => Promise<Record<string, Uint8Array>>
}

/** Starts a server with such a tenant. */
export async function publishedEdition(options: StartOptions = {}): Promise<Published> {
  const adopted = await adoptedDocument(options)
  const { owner, draft } = adopted
  await json(await owner.post(at('edition.sign'), { editionId: await draft() }))
  const { editions } = await json<{ editions: { id: string; state: string }[] }>(await owner.get(at('edition.list')))
  return { ...adopted, published: editions.find(({ state }) => state === 'edition')?.id ?? '' }
}

/** The same without the edition, whose files take seconds to set. */
export async function adoptedDocument(options: StartOptions = {}): Promise<Omit<Published, 'published'>> {
  const server = await startTestServer({}, options)
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  const owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  const register = async () => (await json<{ statements: Line[] }>(await owner.get(at('register.show')))).statements
  const measureOf = async (word: string) => {
    const line = (await register()).find(({ text }) => text.includes(word))
    if (!line?.measure) throw new Error(`no line says ${word}`)
    return { measureId: line.measure.id, revision: line.measure.revision }
  }
  const draft = async () => (await json<{ id: string }>(await owner.post(at('edition.draft'), {}))).id
  const bundleOf = async (editionId: string) => {
    const response = await owner.get(`${at('edition.file')}?editionId=${editionId}&format=bundle`)
    return unzipSync(new Uint8Array(await response.arrayBuffer()))
  }

  const read = await json<{ document: { id: string } }>(
    await owner.upload(`${at('document.read')}?name=tom.txt`, document),
  )
  await json(await owner.post(at('document.adopt'), { documentId: read.document.id }))
  for (const { measure } of await register()) {
    if (measure)
      await json(await owner.post(at('measure.confirm'), { measureId: measure.id, revision: measure.revision }))
  }
  await json(await owner.post(at('measure.change'), { ...(await measureOf('Heliotrope')), visibility: 'customers' }))
  await json(await owner.post(at('measure.change'), { ...(await measureOf('Kornblume')), visibility: 'auditors' }))
  await json(await owner.post(at('measure.change'), { ...(await measureOf('Mauerpfeffer')), visibility: 'auditors' }))
  await json(await owner.post(at('measure.ignore'), { ...(await measureOf('Mauerpfeffer')), reason: 'not ours' }))
  return { server, owner, editor, measureOf, draft, bundleOf }
}

/** The body of an answer that must be 200. */
export async function json<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  if (response.status !== 200) throw new Error(`answered with ${response.status}`)
  return body
}
