import type { Output } from './api.ts'
import type { UploadStage } from './call.ts'
import { fetchFile } from './download.ts'
import type { ServedFile } from './download.ts'
import { Problem, problemFrom } from './problem.ts'
import { tenantAddress } from './request.ts'

/** What came of an import. */
export type ImportedView = Output<'tenant.import'>

/** Everything of a tenant as a file. @throws Problem */
export async function exportTenant(slug: string): Promise<ServedFile> {
  return await fetchFile(tenantAddress(slug, 'tenant.export'), `${slug}.zip`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
}

/**
 * Sends an export to be imported. By XMLHttpRequest, because fetch does not tell how much was sent.
 *
 * @param slug  another short name; empty: the one it had
 */
export function importTenant(file: File, slug: string, onStage: (stage: UploadStage) => void): Promise<ImportedView> {
  return new Promise((resolve, reject) => {
    const query = new URLSearchParams({ name: file.name, ...(slug === '' ? {} : { slug }) })
    const request = new XMLHttpRequest()
    request.open('POST', `/api/tenant/import?${query}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => {
      onStage({ stage: 'sending', sent: event.total > 0 ? event.loaded / event.total : 0 })
    })
    request.upload.addEventListener('load', () => onStage({ stage: 'reading' }))
    request.addEventListener('load', () => {
      const body: unknown = request.response
      if (request.status === 200) resolve(body as ImportedView)
      else reject(problemFrom(request.status, body))
    })
    request.addEventListener('error', () => reject(new Problem({ status: 0, code: 'unreachable', detail: '' })))
    request.send(file)
  })
}
