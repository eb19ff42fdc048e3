import { extname } from 'node:path'

/** What is given out, by the ending of its name and the bytes that it must begin with. Nothing that a browser would run. */
const kinds: Readonly<Record<string, { readonly type: string; readonly begins: string }>> = {
  '.pdf': { type: 'application/pdf', begins: '%PDF-' },
  '.docx': {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    begins: 'PK\u0003\u0004',
  },
  '.xlsx': { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', begins: 'PK\u0003\u0004' },
  '.zip': { type: 'application/zip', begins: 'PK\u0003\u0004' },
  '.txt': { type: 'text/plain; charset=utf-8', begins: '' },
}

/** The type of a file; null for one that is not given out, or is not what its name says. */
export function typeOf(name: string, bytes: Uint8Array): string | null {
  const kind = kinds[extname(name).toLowerCase()]
  if (!kind || bytes.byteLength === 0) return null
  return Buffer.from(bytes.subarray(0, kind.begins.length)).toString('latin1') === kind.begins ? kind.type : null
}
