import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { allOf, textAt } from '../s3/xml.ts'
import type { Element } from '../s3/xml.ts'
import type { BlobFacts } from './facts.ts'
import type { openContainer } from './storage.ts'

/** More pages of a thousand blobs than this are not read for one folder. */
const mostPages = 100

type Storage = ReturnType<typeof openContainer>
type Copy = BlobFacts['copies'][number]

/** What lies in each folder, page by page. */
export async function readCopies(storage: Storage, prefixes: readonly string[]): Promise<Seen<BlobFacts['copies']>> {
  const all: Copy[] = []
  let isComplete = true
  for (const prefix of new Set(prefixes)) {
    const { copy, complete } = await readFolder(storage, prefix)
    all.push(copy)
    isComplete &&= complete
  }
  return seen(all, isComplete)
}

async function readFolder(storage: Storage, prefix: string): Promise<{ copy: Copy; complete: boolean }> {
  const query = { maxresults: '1000', ...(prefix === '' ? {} : { prefix }) }
  let copy: Copy = { prefix, objects: 0, bytes: 0, newest: null }
  let marker = ''
  for (let page = 0; page < mostPages; page += 1) {
    const list = await storage.list(marker === '' ? query : { ...query, marker })
    const blobs = allOf(list, 'Blobs').at(0)
    if (blobs === undefined) throw broken('has no Blobs')
    copy = allOf(blobs, 'Blob').reduce(withBlob, copy)
    // An empty element says that this was the last page; that it is missing says nothing.
    const onward = textAt(list, 'NextMarker')?.trim()
    if (onward === undefined) throw broken('has no NextMarker')
    if (onward === '') return { copy, complete: true }
    if (onward === marker) throw broken('names the same page as the next one')
    marker = onward
  }
  return { copy, complete: false }
}

function withBlob(copy: Copy, blob: Element): Copy {
  const bytes = Number(textAt(blob, 'Properties', 'Content-Length') ?? Number.NaN)
  const at = new Date(textAt(blob, 'Properties', 'Last-Modified') ?? '')
  if (!Number.isSafeInteger(bytes) || Number.isNaN(at.getTime())) throw broken('has a blob without size or time')
  // What stands for a folder is no copy: with a hierarchical namespace it is named so, else it is a mark without content.
  const isFolder = textAt(blob, 'Properties', 'ResourceType') === 'directory'
  if (isFolder || (bytes === 0 && textAt(blob, 'Name')?.endsWith('/'))) return copy
  const isNewest = copy.newest === null || at.getTime() > Date.parse(copy.newest.at)
  return {
    prefix: copy.prefix,
    objects: copy.objects + 1,
    bytes: copy.bytes + bytes,
    newest: isNewest ? { at: at.toISOString(), bytes } : copy.newest,
  }
}

const broken = (what: string) => new Unreadable('contract', `/{container}: an answer ${what}`)
