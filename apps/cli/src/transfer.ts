import { openAsBlob } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileRefusal } from './bundle-source.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { clean, type Terminal } from './terminal.ts'

/** Which server. */
export interface TransferOptions {
  readonly url?: string
}

/** Keeps everything of a tenant in a file. What arrived in part is no export, and is not left under its name. */
export async function exportTenant(
  slug: string,
  path: string,
  { url }: TransferOptions,
  terminal: Terminal,
): Promise<0> {
  const remote = await Remote.open(url, terminal)
  const draft = `${path}.part`
  const file = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    throw fileRefusal(error, 'FILE') ?? error
  })
  try {
    const answer = await remote.send(`/api/tenants/${encodeURIComponent(slug)}/tenant/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    let bytes = 0
    try {
      const body: AsyncIterable<Uint8Array> | null = answer.body
      for await (const part of body ?? []) {
        await file.write(part)
        bytes += part.byteLength
      }
    } catch (error) {
      throw new Refusal('The server ended the export before it was whole. Nothing was kept; try again.', 1, {
        cause: error,
      })
    }
    await file.sync()
    await rename(draft, path)
    terminal.out(`${path}: ${bytes} bytes. It holds everything but secrets: keep it as safe as the tenant itself.\n`)
    return 0
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

/** Makes a tenant of an export. */
export async function importTenant(
  path: string,
  { url, slug }: TransferOptions & { readonly slug?: string },
  terminal: Terminal,
): Promise<0> {
  const remote = await Remote.open(url, terminal)
  const query = new URLSearchParams({ name: basename(path), ...(slug === undefined ? {} : { slug }) })
  const body = await openAsBlob(path).catch((error: unknown) => {
    throw (
      fileRefusal(error, 'FILE') ?? new Refusal('There is no such file for FILE. Check the path.', 2, { cause: error })
    )
  })
  const answer = await remote.send(`/api/tenant/import?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
  terminal.out(told(await remote.json(answer)))
  return 0
}

/** Changes the master key, or with a tenant its data key, while everybody works. */
export async function rotateKey(slug: string | null, { url }: TransferOptions, terminal: Terminal): Promise<0> {
  const remote = await Remote.open(url, terminal)
  const answer = await remote.send(slug === null ? '/api/keys/rotate' : '/api/keys/rotate_tenant', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(slug === null ? {} : { slug }),
  })
  const { values } = (await remote.json(answer)) as { values: number }
  terminal.out(`The key was changed: ${values} values lie under the new one.\n`)
  return 0
}

function told(answer: unknown): string {
  const { slug, rows, invitations, enterAgain } = answer as {
    slug: string
    rows: number
    invitations: number
    enterAgain: readonly { readonly what: string }[]
  }
  const again = enterAgain.map(({ what }) => `  ${clean(what)}\n`).join('')
  return `The tenant ${clean(slug)} was imported: ${rows} rows. ${invitations} people wait to be invited by you.\n${
    again === '' ? '' : `To be entered again, with their passwords:\n${again}`
  }`
}
