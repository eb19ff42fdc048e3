import { ask } from '../api/request.ts'
import type { Answer } from '../api/request.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { ExportForm, HttpFacts } from './facts.ts'
import { refuseOutage } from './request.ts'

/** Where the data of one account are given out, and by what it is let in. */
type Given = {
  readonly exportUrl?: string | undefined
  readonly exportCredential?: string | undefined
  readonly exportWords: readonly string[]
}

/**
 * Asks for the data of an account as its owner would, and once more as a stranger. What comes is looked at and dropped:
 * kept are its form, its size and which of the declared words were missing, by their position.
 */
export async function readExport(given: Given, context: Context): Promise<Seen<HttpFacts['exports']>> {
  // Nobody said that there is an export.
  if (given.exportUrl === undefined) return seen([])
  if (given.exportCredential === undefined)
    throw new Unreadable('not-configured', 'there is no credential for the export', { needs: 'exportCredential' })
  const url = new URL(given.exportUrl)
  const own = await fetchOnce(url, headerOf(given.exportCredential), context)
  if (own.status === 401 || own.status === 403)
    throw new Unreadable('denied', `the export was answered with ${own.status}: the credential is not accepted`)
  if (own.status >= 300 && own.status < 400) throw new Unreadable('contract', 'the export leads elsewhere')
  const stranger = await fetchOnce(url, {}, context)
  const form = formOf(own)
  const words = given.exportWords
  return seen([
    {
      status: own.status,
      form,
      bytes: Buffer.byteLength(own.body),
      words: words.length,
      missing: words.flatMap((word, index) => (own.body.includes(word) ? [] : [index + 1])),
      open: isGivenAway(stranger, form, words),
    },
  ])
}

async function fetchOnce(url: URL, headers: Readonly<Record<string, string>>, context: Context): Promise<Answer> {
  const answer = await ask(url, { method: 'GET', headers: { accept: '*/*', ...headers } }, context)
  context.sent?.({ method: 'GET', host: url.host, path: '/{export}', status: answer.status })
  refuseOutage(answer)
  return answer
}

/** `Cookie: session=…` names its header; anything else is a token. */
function headerOf(credential: string): Record<string, string> {
  const [, name, value] = /^(cookie|authorization|x-[a-z0-9-]{1,40}): +(\S.*)$/i.exec(credential) ?? []
  return name === undefined || value === undefined
    ? { authorization: `Bearer ${credential}` }
    : { [name.toLowerCase()]: value }
}

/** By what it is rather than by what it is called: a page that asks to sign in is often sent as anything. */
function formOf({ headers, body }: Answer): ExportForm {
  const type = headers['content-type'] ?? ''
  const begins = body.slice(0, 200).trimStart().toLowerCase()
  if (body.startsWith('PK\u0003\u0004')) return 'zip'
  if (body.startsWith('%PDF-')) return 'pdf'
  if (begins.startsWith('<!doctype html') || begins.startsWith('<html')) return 'html'
  if (isJson(body)) return 'json'
  if (begins.startsWith('<?xml') || (/[/+]xml\b/.test(type) && begins.startsWith('<'))) return 'xml'
  return /^text\/(csv|tab-separated-values)\b/.test(type) ? 'csv' : 'other'
}

function isJson(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** A stranger who gets a page has been asked to sign in; one who gets a file of that form, or a word of it, has it. */
function isGivenAway(stranger: Answer, form: ExportForm, words: readonly string[]): boolean {
  if (stranger.status < 200 || stranger.status >= 300 || stranger.body === '') return false
  if (words.length > 0 && form !== 'zip' && form !== 'pdf') return words.some((word) => stranger.body.includes(word))
  return form !== 'html' && formOf(stranger) === form
}
