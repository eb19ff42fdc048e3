import type { DocumentView, Input, InstallationOperation, Operation, Output, TenantOperation } from './api.ts'
import { askToConfirm } from './confirm.ts'
import { Problem, problemFrom } from './problem.ts'
import { addressOf, reads, tenantAddress } from './request.ts'

/** The language in which the server shall answer: the one of the page. */
const language = (): string => document.documentElement.lang

/**
 * Calls an operation of the server. Where it asks for a confirmation that it is you, the person is asked and the call sent again.
 *
 * @throws Problem  when the server refuses, or cannot be reached (`code` unreachable)
 */
export async function call<O extends InstallationOperation>(
  operation: O,
  input: Input<O>,
  tenant?: null,
  signal?: AbortSignal,
): Promise<Output<O>>
export async function call<O extends TenantOperation>(
  operation: O,
  input: Input<O>,
  tenant: string,
  signal?: AbortSignal,
): Promise<Output<O>>
export async function call<O extends Operation>(
  operation: O,
  input: Input<O>,
  tenant: string | null = null,
  signal?: AbortSignal,
): Promise<Output<O>> {
  const body = reads(operation) ? {} : { method: 'POST', body: JSON.stringify(input) }
  const send = () => ask<Output<O>>(addressOf(operation, tenant, input), { ...body, ...(signal ? { signal } : {}) })
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'account.confirm_needed' || !(await askToConfirm())) throw error
    return await send()
  }
}

/** Signs in by mail address and password; the session is a cookie. @returns whether a second step is needed first */
export async function signIn(email: string, password: string): Promise<{ needsCode: boolean }> {
  const body = JSON.stringify({ email, password })
  const answer = await ask<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { method: 'POST', body })
  return { needsCode: answer.twoFactorRedirect === true }
}

/** The second step: a code of the authenticator app, or a recovery code. */
export async function signInByCode(code: string, kind: 'code' | 'recoveryCode'): Promise<void> {
  const path = kind === 'code' ? 'verify-totp' : 'verify-backup-code'
  await ask(`/api/auth/two-factor/${path}`, { method: 'POST', body: JSON.stringify({ code }) })
}

/** Begins the way to the sign-in of an organisation. @returns the address to go to */
export async function beginSignIn(
  organisation: string,
  purpose: 'enter' | 'connect' | 'try',
  next: string,
): Promise<string> {
  const body = JSON.stringify({ organisation, purpose, next })
  return (await ask<{ url: string }>('/api/sign-in/openid', { method: 'POST', body })).url
}

/** Ends the session. */
export async function signOut(): Promise<void> {
  await ask('/api/auth/sign-out', { method: 'POST', body: '{}' })
}

/** Asks the server at an address; what it answers has the type that the operation declares. */
export async function ask<T>(address: string, init: RequestInit): Promise<T> {
  const response = await fetch(address, {
    ...init,
    headers: { 'accept-language': language(), ...(init.body ? { 'content-type': 'application/json' } : {}) },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem({ status: 0, code: 'unreachable', detail: '' })
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw problemFrom(response.status, body)
  return body as T
}

/** How far an upload is: bytes on their way, then the server reading. */
export type UploadStage = { readonly stage: 'sending'; readonly sent: number } | { readonly stage: 'reading' }

/**
 * Sends a document to be read. By XMLHttpRequest, because fetch does not tell how much was sent.
 *
 * @param onStage  called with the part that was sent, 0 to 1, and when the server reads
 */
export function readDocument(
  tenant: string,
  file: File,
  onStage: (stage: UploadStage) => void,
  signal: AbortSignal,
): Promise<DocumentView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', tenantAddress(tenant, 'document.read', { name: file.name }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept-language', language())
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => {
      onStage({ stage: 'sending', sent: event.total > 0 ? event.loaded / event.total : 0 })
    })
    request.upload.addEventListener('load', () => onStage({ stage: 'reading' }))
    request.addEventListener('load', () => {
      const body: unknown = request.response
      if (request.status === 200) resolve((body as Output<'document.read'>).document)
      else reject(problemFrom(request.status, body))
    })
    request.addEventListener('error', () => reject(new Problem({ status: 0, code: 'unreachable', detail: '' })))
    request.addEventListener('abort', () => reject(new Problem({ status: 0, code: 'left', detail: '' })))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
