import type { Row } from './row.ts'
import { cookiesOf } from './world.ts'
import type { Me } from './world.ts'

const text = new TextEncoder().encode('What was found.')

const gif = Buffer.from('R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

/** A file that belongs to nothing yet, of whoever asks. */
export async function newFile(me: Me, bytes = text): Promise<{ fileId: string }> {
  const { world, tenant } = me
  const address = `${world.server.local}/api/tenants/${tenant}/file/add?name=note`
  const response = await fetch(address, { method: 'POST', headers: cookiesOf(me), body: bytes })
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
  'file.preview': { input: (me) => newFile(me, gif), ids: { fileId: 'file.not_found' } },
  'file.search': {},
  'file.remove': {
    input: async (me) => ({ ...(await newFile(me)), reason: 'It was another one.' }),
    ids: { fileId: 'file.not_found' },
    leaves: { tenant: ['evidence.withdrawn'] },
  },
  'file.set_period': {
    input: () => ({ kind: 'incident', months: 36 }),
    leaves: { tenant: ['tenant.changed'] },
  },
  'file.read': { input: newFile, ids: { fileId: 'file.not_found' } },
} satisfies Record<string, Row>
