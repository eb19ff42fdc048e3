import { keptFormats, renderKept } from '@art32/press'
import type { EditionDocument, Maker } from '@art32/press'
import { typeset } from '../platform/index.ts'
import type { EditionFile } from './store.ts'

/** Every form of an edition that is kept, each maker at its own speed: the slow ones in processes apart. */
export async function keptFiles(edition: EditionDocument): Promise<EditionFile[]> {
  const makers = [...new Set(keptFormats.map(({ by }) => by))]
  const made = new Map((await Promise.all(makers.map((by) => make(edition, by)))).flatMap((files) => [...files]))
  return keptFormats.flatMap(({ file, type }): EditionFile[] => {
    const bytes = made.get(file)
    return bytes === undefined ? [] : [{ name: file, type, bytes: Buffer.from(bytes) }]
  })
}

async function make(edition: EditionDocument, by: Maker): Promise<ReadonlyMap<string, Uint8Array>> {
  return by === 'text' ? await renderKept(edition, by) : await typeset(edition, by)
}
