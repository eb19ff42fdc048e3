import type { Output } from '../api/api.ts'
import { Problem, problemFrom } from '../api/problem.ts'
import { tenantAddress } from '../api/request.ts'

/** A file as the server shows it. */
export type FileView = Output<'file.add'>

/** Larger files are refused by the server. */
export const largestMiB = 25

/** What the chooser of files offers; the server looks at the content and not at the name. */
export const accepted =
  '.pdf,.png,.jpg,.jpeg,.webp,.gif,.txt,.md,.log,.csv,.tsv,.json,.xml,.eml,.msg,.docx,.xlsx,.pptx,.odt,.ods,.odp'

/**
 * Uploads a file that belongs to nothing yet.
 *
 * @param namesFor  why the names in it are needed; empty: a table or a text loses its personal data
 * @throws {Problem} as any call
 */
export async function sendFile(
  tenant: string,
  file: File,
  onSent: (sent: number) => void,
  signal: AbortSignal,
  namesFor = '',
): Promise<FileView> {
  const query = { name: file.name, ...(namesFor === '' ? {} : { namesFor }) }
  return await sendBytes<FileView>(tenantAddress(tenant, 'file.add', query), file, onSent, signal)
}

/**
 * Uploads bytes. By XMLHttpRequest, because fetch does not tell how much was sent.
 *
 * @param address  of the operation, whose answer is what comes back
 * @param onSent  called with the part that was sent, 0 to 1
 * @throws {Problem} as any call
 */
export function sendBytes<T>(
  address: string,
  bytes: Blob,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => onSent(event.total > 0 ? event.loaded / event.total : 0))
    request.addEventListener('load', () => {
      const body: unknown = request.response
      if (request.status === 200) resolve(body as T)
      else reject(problemFrom(request.status, body))
    })
    request.addEventListener('error', () => reject(new Problem({ status: 0, code: 'unreachable', detail: '' })))
    request.addEventListener('abort', () => reject(new Problem({ status: 0, code: 'left', detail: '' })))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(bytes)
  })
}
