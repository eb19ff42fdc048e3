import type { Output } from './api.ts'
import { problemFrom } from './problem.ts'
import { tenantAddress } from './request.ts'

/**
 * Puts a document beside the edition.
 *
 * @throws {Problem} as any call
 */
export async function sendDocument(
  tenant: string,
  { title, audience }: { title: string; audience: 'public' | 'request' },
  file: File,
): Promise<Output<'disclosure.add_document'>> {
  const response = await fetch(tenantAddress(tenant, 'disclosure.add_document', { title, audience, name: file.name }), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'accept-language': document.documentElement.lang },
    body: file,
  })
  const body: unknown = await response.json()
  if (!response.ok) throw problemFrom(response.status, body)
  return body as Output<'disclosure.add_document'>
}
