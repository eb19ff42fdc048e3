import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { parseJson, readWhole } from '../files/read.ts'
import { readZip } from '../files/zip.ts'
import type { Component } from './components.ts'
import { affects, osvRecord } from './osv.ts'
import type { Match, OsvRecord } from './osv.ts'

/** More records than these are not read within the time of a look; the largest ecosystem has some two hundred thousand. */
const mostRecords = 400_000

/**
 * Looks components up in records of OSV on this machine: the archive of an ecosystem as OSV gives it, or a folder of its
 * records. Nothing leaves the machine. Memory holds one record at a time and those that match.
 */
export async function searchFiles(
  path: string,
  components: readonly Component[],
  signal: AbortSignal,
): Promise<Match[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    const key = `${component.ecosystem}/${component.name}`
    byName.set(key, [...(byName.get(key) ?? []), component])
  }
  const names = new Set(components.map(({ name }) => name))
  const matches: Match[] = []
  let count = 0
  for await (const text of textsOf(path, signal, (name) => name.endsWith('.json'))) {
    count += 1
    if (!mayName(text, names)) continue
    const record = parseJson(text, osvRecord)
    for (const component of namedBy(record).flatMap((key) => byName.get(key) ?? [])) {
      const isAffected = affects(record, component)
      if (isAffected === undefined)
        throw new Unreadable('incomplete', `${record.id} names versions of an order that is not known here`)
      if (isAffected) matches.push({ record, component })
    }
  }
  if (count === 0) throw new Unreadable('not-configured', 'there is no OSV record at this place')
  return matches
}

/** The records of some ids; one that is not there is a gap in the records. */
export async function findRecords(path: string, ids: readonly string[], signal: AbortSignal): Promise<OsvRecord[]> {
  const wanted = new Set(ids.map((id) => `${id}.json`))
  const found: OsvRecord[] = []
  if (wanted.size === 0) return found
  for await (const text of textsOf(path, signal, (name) => wanted.has(name))) found.push(parseJson(text, osvRecord))
  if (found.length < wanted.size) throw new Unreadable('incomplete', 'the records lack an advisory that npm names')
  return found
}

/** Most records are of packages that nobody here uses: seen in the text before it is parsed. */
function mayName(text: string, names: ReadonlySet<string>): boolean {
  for (const [, name = ''] of text.matchAll(/"name"\s*:\s*"((?:[^"\\]|\\.){0,500})"/g))
    if (names.has(name) || name.includes('\\')) return true
  return !text.includes('"name"')
}

const namedBy = ({ affected }: OsvRecord): string[] => [
  ...new Set(
    (affected ?? []).map(({ package: known }) => `${known?.ecosystem.split(':', 1)[0] ?? ''}/${known?.name ?? ''}`),
  ),
]

async function* textsOf(
  path: string,
  signal: AbortSignal,
  isWanted: (name: string) => boolean,
): AsyncGenerator<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      const isMissing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error))
      throw isMissing ? new Unreadable('not-configured', 'there are no OSV records at this place') : error
    },
  )
  let count = 0
  const counted = (text: string) => {
    count += 1
    if (count > mostRecords) throw new Unreadable('incomplete', `there are more than ${mostRecords} records`)
    return text
  }
  if (isFolder)
    for await (const { name } of await opendir(path, { bufferSize: 256 })) {
      signal.throwIfAborted()
      if (isWanted(name)) yield counted((await readWhole(join(path, name), signal)).text)
    }
  else for await (const { text } of readZip(path, signal, isWanted)) yield counted(text)
}
