import { createHash } from 'node:crypto'
import { openBudgets } from '../api/budget.ts'
import { ask } from '../api/request.ts'
import type { Answer } from '../api/request.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { parseXml } from '../s3/xml.ts'
import type { Element } from '../s3/xml.ts'

/** A container and who asks: by a shared access signature or by a token of Entra ID. */
export type Container = {
  readonly endpoint: string
  readonly container: string
  readonly credential: { readonly sas: URLSearchParams } | { readonly token: string }
  /** Names the credential for the budget; nothing secret. */
  readonly name: string
}

/** The version of the service in which it is asked; sent with each request. */
export const serviceVersion = '2023-11-03'

const perMinute = 600
const path = '/{container}'
const aloneBudgets = openBudgets()

/** Opens a container of Blob Storage. Nothing but lists is ever asked for. */
export function openContainer(given: Container, context: Context) {
  const budgets = context.budgets ?? aloneBudgets
  const key = createHash('sha256').update(`${given.endpoint}\0${given.name}`).digest('hex')

  return {
    /** One page of the list of blobs. */
    async list(query: Readonly<Record<string, string>>): Promise<Element> {
      const pauseMs = budgets.pauseOf(key)
      if (pauseMs > 0) throw throttled(pauseMs)
      await budgets.take(key, perMinute, context.signal)
      const answer = await ask(urlOf(given, query), { method: 'GET', headers: headersOf(given) }, context)
      context.sent?.({ method: 'GET', host: new URL(given.endpoint).host, path, status: answer.status })
      if (answer.status === 200) {
        const document = parseXml(answer.body)
        if (document?.name === 'EnumerationResults') return document
        throw new Unreadable('contract', `${path} was answered with something else than EnumerationResults`)
      }
      const refused = refusalOf(answer)
      if (refused.reason.retryAfterMs !== undefined) budgets.pause(key, refused.reason.retryAfterMs)
      throw refused
    },
  }
}

function urlOf({ endpoint, container, credential }: Container, query: Readonly<Record<string, string>>): URL {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${container}`
  const asked = { restype: 'container', comp: 'list', ...query }
  url.search = new URLSearchParams([
    ...Object.entries(asked),
    ...('sas' in credential ? credential.sas : []),
  ]).toString()
  return url
}

function headersOf({ credential }: Container): Record<string, string> {
  const headers = { accept: 'application/xml', 'x-ms-version': serviceVersion }
  return 'token' in credential ? { ...headers, authorization: `Bearer ${credential.token}` } : headers
}

/** Codes that say more than the status. */
const meanings: Readonly<Record<string, readonly ['not-configured' | 'denied', string]>> = {
  ContainerNotFound: ['not-configured', 'there is no such container'],
  ContainerBeingDeleted: ['not-configured', 'the container is being deleted'],
  InvalidResourceName: ['not-configured', 'this cannot be the name of a container'],
  AccountIsDisabled: ['not-configured', 'the storage account is disabled'],
  AuthorizationFailure: ['denied', 'the network rules of the account, or the credential, do not let this machine in'],
}

/** The code stands in a header and may be told, since it is a word of the vendor; its message quotes what was asked. */
function refusalOf({ status, headers }: Answer): Unreadable {
  const code = String(headers['x-ms-error-code'] ?? '')
  const said = `${path} was answered with ${status}${/^[A-Za-z]{1,60}$/.test(code) ? ` (${code})` : ''}`
  const known = meanings[code]
  if (known !== undefined) return new Unreadable(known[0], `${said}: ${known[1]}`)
  if (status === 401 || status === 403) return new Unreadable('denied', said)
  if (status === 429 || code === 'ServerBusy') return throttled(Number(headers['retry-after'] ?? 60) * 1_000)
  if (status >= 500) return new Unreadable('unreachable', said)
  return new Unreadable('contract', said)
}

function throttled(waitMs: number): Unreadable {
  const retryAfterMs = Number.isFinite(waitMs) && waitMs > 0 ? waitMs : 60_000
  return new Unreadable('throttled', `${path}: the vendor asked to slow down`, { retryAfterMs })
}
