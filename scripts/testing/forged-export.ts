import { createHash } from 'node:crypto'
import { strToU8, unzipSync, zipSync } from 'fflate'

interface FileEntry {
  path: string
  bytes: number
  sha256: string
  rows?: number
}

/** What a manifest says, to be changed. */
export type ForgedManifest = {
  files: FileEntry[]
  tables: Record<string, { columns: string[] }>
  ledger: { origin: string; vkey: string }
} & Record<string, unknown>

/** An export that somebody changes. */
export interface ForgedExport {
  readonly files: Readonly<Record<string, Uint8Array>>
  readonly textOf: (path: string) => string
  /** With changed files and a manifest that fits them: what a careful forger sends. */
  readonly forge: (changed: Readonly<Record<string, string>>, change?: (manifest: ForgedManifest) => void) => Uint8Array
}

/** Takes an export apart. */
export function openExport(bytes: Uint8Array): ForgedExport {
  const files = unzipSync(bytes)
  const textOf = (path: string) => Buffer.from(files[path] ?? []).toString('utf8')
  return {
    files,
    textOf,
    forge(changed, change = () => undefined) {
      const all: Record<string, Uint8Array> = { ...files }
      const manifest = JSON.parse(textOf('manifest.json')) as ForgedManifest
      for (const [path, text] of Object.entries(changed)) {
        const content = strToU8(text)
        all[path] = content
        manifest.files = manifest.files.filter((file) => file.path !== path)
        manifest.files.push({
          path,
          bytes: content.length,
          sha256: createHash('sha256').update(content).digest('hex'),
          ...(path.endsWith('.ndjson') ? { rows: text.split('\n').length - 1 } : {}),
        })
      }
      change(manifest)
      all['manifest.json'] = strToU8(JSON.stringify(manifest))
      return zipSync(all, { level: 1 })
    },
  }
}
