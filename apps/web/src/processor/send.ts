import type { Output } from '../api/api.ts'
import { problemFrom } from '../api/problem.ts'
import { tenantAddress } from '../api/request.ts'

/**
 * Files the document of measures of a processor.
 *
 * @throws {Problem} as any call
 */
export async function sendOwnDocument(
  tenant: string,
  processorId: string,
  file: File,
): Promise<Output<'processor.read_document'>> {
  const response = await fetch(tenantAddress(tenant, 'processor.read_document', { processorId, name: file.name }), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'accept-language': document.documentElement.lang },
    body: file,
  })
  const body: unknown = await response.json()
  if (!response.ok) throw problemFrom(response.status, body)
  return body as Output<'processor.read_document'>
}
