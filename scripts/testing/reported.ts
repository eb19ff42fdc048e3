import type { TestServer } from './server.ts'

/** What a stranger fills in. */
export interface Filled {
  readonly title?: string
  readonly description?: string
  readonly email?: string
  readonly name?: string
  readonly credit?: string
  readonly product?: string
  readonly website?: string
  /** Instead of the one of a form that was opened just now. */
  readonly stamp?: string
  readonly file?: { readonly name: string; readonly text: string | Uint8Array<ArrayBuffer> }
  readonly language?: 'en' | 'de'
  readonly headers?: Readonly<Record<string, string>>
}

/** The mark of a form that was opened, as its page has it. */
export async function openForm(server: TestServer, slug: string): Promise<string> {
  const page = await (await fetch(`${server.local}/trust/${slug}/report`)).text()
  return /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

/**
 * Sends the form as a browser without a script does.
 *
 * @param typing  called between opening and sending it: takes the time that a person needs
 */
export async function sendReport(
  server: TestServer,
  slug: string,
  filled: Filled = {},
  typing: () => void = () => {},
): Promise<Response> {
  const { title = 'A weakness', description = 'How to see it.', language = 'en', headers = {} } = filled
  const stamp = filled.stamp ?? (await openForm(server, slug))
  typing()
  const form = new FormData()
  for (const [name, value] of Object.entries({ title, description, stamp })) form.set(name, value)
  for (const name of ['email', 'website', 'name', 'credit', 'product'] as const) form.set(name, filled[name] ?? '')
  if (filled.file) form.set('file', new Blob([filled.file.text]), filled.file.name)
  return await fetch(`${server.local}/trust/${slug}/report?language=${language}`, {
    method: 'POST',
    body: form,
    headers,
    redirect: 'manual',
  })
}
