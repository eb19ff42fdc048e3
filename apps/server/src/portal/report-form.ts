import type { BroughtFile } from '../report/index.ts'
import { mostFilesAtOnce, mostFormBytes } from '../report/plain.ts'

/** A form with files, as a browser without a script sends it. */
export interface ReportPosted {
  readonly field: (name: string) => string
  readonly files: readonly BroughtFile[]
}

/** The largest file of a form. */
const mostFileBytes = 5 * 1_048_576

/**
 * The fields and files of a form. A page of somebody else's may not post it in a reader's name.
 *
 * @returns null for anything that is no form, is too long, holds too many files, or comes from another site
 */
export async function readReportForm(request: Request): Promise<ReportPosted | null> {
  const type = request.headers.get('content-type') ?? ''
  const kind = type.split(';')[0]?.trim().toLowerCase()
  const site = request.headers.get('sec-fetch-site')
  const isForm = kind === 'multipart/form-data' || kind === 'application/x-www-form-urlencoded'
  if (!isForm || (site !== null && site !== 'same-origin' && site !== 'none')) return null
  const bytes = await bounded(request)
  if (bytes === null) return null
  let form: FormData
  try {
    form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    return null
  }
  const files: BroughtFile[] = []
  for (const one of form.getAll('file')) {
    // A browser sends an empty file where none was chosen.
    if (typeof one === 'string' || one.size === 0) continue
    if (one.size > mostFileBytes || files.length >= mostFilesAtOnce) return null
    files.push({ name: one.name.replaceAll('\0', '').toWellFormed().slice(0, 255), bytes: await one.bytes() })
  }
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : ''
  }
  return { field, files }
}

/** A body up to the limit; what is longer is not held. */
async function bounded(request: Request): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > mostFormBytes) return null
  const parts: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | null = request.body
  for await (const part of body ?? []) {
    size += part.byteLength
    if (size > mostFormBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
