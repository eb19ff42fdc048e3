import type { Row } from './row.ts'
import { cookiesOf } from './world.ts'
import type { Me } from './world.ts'

const text = new TextEncoder().encode('What was found.')

/** A file that belongs to nothing yet, of whoever asks. */
export async function newFile(me: Me): Promise<{ fileId: string }> {
  const { world, tenant } = me
  const address = `${world.server.local}/api/tenants/${tenant}/file/add?name=note.txt`
  const response = await fetch(address, { method: 'POST', headers: cookiesOf(me), body: text })
  if (!response.ok) throw new Error(`adding a file was answered with ${response.status}`)
  const { fileId } = (await response.json()) as { fileId: string }
  return { fileId }
}

/** Evidence files. */
export const fileRows = {
  'file.add': {
    input: () => ({ name: 'note.txt' }),
    file: () => Promise.resolve(text),
    leaves: { tenant: ['evidence.added'] },
  },
  'file.list': { input: async (me) => ({ kind: 'sign-off', id: (await newFile(me)).fileId }), filters: ['id'] },
  'file.read': { input: newFile, ids: { fileId: 'file.not_found' } },
} satisfies Record<string, Row>
